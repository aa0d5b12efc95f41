import { inEnglish } from '../../../language/inEnglish.ts';
import Schedules from './Schedules.tsx';

export default inEnglish(Schedules);
