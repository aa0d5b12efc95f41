import { en as bound } from '../words.ts';

export const en = { bound };
export type ModelLedgerWords = typeof en;
