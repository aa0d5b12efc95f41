import { inEnglish } from '../language/inEnglish.ts';
import WidgetHost from './WidgetHost.tsx';
import { en } from './words.ts';

export default inEnglish(WidgetHost, en);
