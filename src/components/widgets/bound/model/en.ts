import { inEnglish } from '../../../language/inEnglish.ts';
import ModelLedger from './ModelLedger.tsx';

export default inEnglish(ModelLedger);
