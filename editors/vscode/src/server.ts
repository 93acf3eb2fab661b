// The command of the server: that of the environment first, or the bundled one.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';

export interface Command {
    command: string;
    args: string[];
    env: NodeJS.ProcessEnv;
}

const run = promisify(execFile);
const MILLISECONDS = 30_000;

export async function commandFor(
    section: string,
    python: string[],
    extensionPath: string,
): Promise<Command | undefined> {
    const [command, ...args] = python;
    const bundled = path.join(extensionPath, 'bundled', 'libs');
    const strategy = vscode.workspace.getConfiguration(section).get<string>('importStrategy');
    const ways: NodeJS.ProcessEnv[] = [];
    if (strategy !== 'useBundled') {
        ways.push(process.env);
    }
    if (existsSync(bundled)) {
        ways.push({ ...process.env, PYTHONPATH: bundled });
    }
    for (const env of ways) {
        if (await hasServer(command, args, env)) {
            // -P: the folder of the workspace may have files with the names of modules.
            return { command, args: [...args, '-m', 'kerasmergelint', 'server'], env: { ...env, PYTHONSAFEPATH: '1' } };
        }
    }
    return undefined;
}

async function hasServer(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<boolean> {
    const test = 'import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, ("kerasmergelint.server", "pygls"))))';
    try {
        await run(command, [...args, '-c', test], { env: { ...env, PYTHONSAFEPATH: '1' }, timeout: MILLISECONDS });
        return true;
    } catch {
        return false;
    }
}
