/** The worker of the /bench/ page: one engine, ours or stock tfjs. */
import { openOwnEngine } from './benchEngine.ts';
import { serveBench } from './benchServe.ts';

serveBench(self as unknown as Parameters<typeof serveBench>[0], openOwnEngine);
