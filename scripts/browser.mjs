import { existsSync } from 'node:fs';

/** Chromium on this machine: CHROMIUM_PATH, else where Linux, macOS and Windows put it. */
const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

export const findChromium = () => places.find((place) => place && existsSync(place));

/** Launch options that expose WebGPU and WebGL2 on a machine without a GPU, and no call home. */
export const chromium = {
  executablePath: findChromium(),
  // A busy machine takes its time.
  timeout: 180_000,
  args: [
    '--headless=new',
    '--no-sandbox',
    '--enable-unsafe-webgpu',
    '--enable-unsafe-swiftshader',
    '--use-webgpu-adapter=swiftshader',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
