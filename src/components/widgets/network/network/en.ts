import { inEnglish } from '../../../language/inEnglish.ts';
import NetworkDiagram from './NetworkDiagram.tsx';

export default inEnglish(NetworkDiagram);
