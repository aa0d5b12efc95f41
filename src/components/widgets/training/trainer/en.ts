import { inEnglish } from '../../../language/inEnglish.ts';
import Trainer from './Trainer.tsx';

export default inEnglish(Trainer);
