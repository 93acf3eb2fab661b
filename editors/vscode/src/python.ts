// Which Python runs the server: the setting, the one that the Python extension has selected, or the first on the path.
import * as vscode from 'vscode';

// The part of the Python extension's interface that is needed here.
interface PythonExtension {
    environments: {
        getActiveEnvironmentPath(resource?: vscode.Uri): { path: string };
        resolveEnvironment(path: { path: string }): Promise<{ executable: { uri?: vscode.Uri } } | undefined>;
        onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
    };
}

async function pythonExtension(): Promise<PythonExtension | undefined> {
    const extension = vscode.extensions.getExtension<PythonExtension>('ms-python.python');
    return extension?.isActive ? extension.exports : extension?.activate();
}

export async function pythonOf(section: string): Promise<string[]> {
    const first = vscode.workspace.workspaceFolders?.[0]?.uri;
    const chosen = vscode.workspace.getConfiguration(section, first).get<string[]>('interpreter', []);
    if (chosen.length > 0 && vscode.workspace.isTrusted) {
        return chosen;
    }
    const environments = (await pythonExtension())?.environments;
    const active = environments && (await environments.resolveEnvironment(environments.getActiveEnvironmentPath(first)));
    const executable = active?.executable.uri?.fsPath;
    return [executable ?? (process.platform === 'win32' ? 'python' : 'python3')];
}

export async function onPythonChanged(listener: () => unknown): Promise<vscode.Disposable> {
    const environments = (await pythonExtension())?.environments;
    return environments?.onDidChangeActiveEnvironmentPath(listener) ?? new vscode.Disposable(() => undefined);
}
