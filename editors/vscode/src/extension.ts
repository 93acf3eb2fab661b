// Starts the language server with the interpreter of the workspace, and starts it again when that changes.
import * as vscode from 'vscode';
import { LanguageClient, LanguageClientOptions, ServerOptions } from 'vscode-languageclient/node';
import { pythonOf, onPythonChanged } from './python';
import { commandFor } from './server';

const ID = 'kerasmergelint';
const NAME = 'kerasmergelint';
// What decides which server runs; the server itself is told of all other settings.
const OF_THE_START = ['importStrategy', 'interpreter'];

let client: LanguageClient | undefined;
let starting: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
    const log = vscode.window.createOutputChannel(NAME, { log: true });
    const restart = () => {
        starting = starting.then(() => start(context, log)).catch((error) => log.error(String(error)));
        return starting;
    };
    context.subscriptions.push(
        log,
        vscode.commands.registerCommand(`${ID}.restart`, restart),
        vscode.workspace.onDidChangeConfiguration((event) => {
            if (OF_THE_START.some((key) => event.affectsConfiguration(`${ID}.${key}`))) {
                void restart();
            }
        }),
        vscode.workspace.onDidGrantWorkspaceTrust(restart),
        await onPythonChanged(restart),
    );
    await restart();
}

export async function deactivate(): Promise<void> {
    await client?.stop();
}

async function start(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<void> {
    await client?.stop();
    client = undefined;
    const python = await pythonOf(ID);
    const command = await commandFor(ID, python, context.extensionPath);
    if (command === undefined) {
        log.error(`${python.join(' ')} has no kerasmergelint with its extra lsp`);
        void tellHowToInstall(python);
        return;
    }
    log.info(`starting ${command.command} ${command.args.join(' ')}`);
    const server: ServerOptions = { command: command.command, args: command.args, options: { env: command.env } };
    const options: LanguageClientOptions = {
        documentSelector: [
            { scheme: 'file', language: 'python' },
            { scheme: 'untitled', language: 'python' },
            { notebook: 'jupyter-notebook', language: 'python' },
        ],
        outputChannel: log,
        initializationOptions: { settings: vscode.workspace.getConfiguration(ID) },
    };
    client = new LanguageClient(ID, NAME, server, options);
    await client.start();
}

async function tellHowToInstall(python: string[]): Promise<void> {
    const install = 'Copy the command that installs it';
    const chosen = await vscode.window.showWarningMessage(
        'kerasmergelint is not installed in the selected Python environment.',
        install,
    );
    if (chosen === install) {
        await vscode.env.clipboard.writeText(`${python.join(' ')} -m pip install "kerasmergelint[lsp]"`);
    }
}
