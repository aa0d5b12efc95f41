import { inEnglish } from '../../../language/inEnglish.ts';
import Ledger from './Ledger.tsx';
import { en } from './words.ts';

export default inEnglish(Ledger, en);
