/** The worker of the /bench/ page: one engine, ours or stock tfjs. */
import { openOwnEngine } from './engine.ts';
import { serveBench } from './serve.ts';

serveBench(self as unknown as Parameters<typeof serveBench>[0], openOwnEngine);
