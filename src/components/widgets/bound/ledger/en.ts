import { inEnglish } from '../../../language/inEnglish.ts';
import Ledger from './Ledger.tsx';

export default inEnglish(Ledger);
