/** What the image picker says in Chinese. */
import type { PickerWords } from './pickerWords.ts';

export const zh: PickerWords = {
  image: '图像',
  imageSources: { four: '2 × 2', digit: '一个数字', draw: '自己画' },
  fourPixels: '2 × 2 图像的像素',
  pixelIsInk: (place) => `${['左上', '右上', '左下', '右下'][place]}的像素是墨`,
  digit: '数字',
  anotherHand: '换一个笔迹',
  picture: (source, digit) =>
    ({ four: '2 × 2 的图像', digit: `手写的 ${digit}`, draw: '你画的图' })[source],
  drawingPad: '画板：用鼠标或手指画；也可以用方向键移动，按空格键落笔或提笔',
  yourDrawing: '你画到现在的样子',
  drawHere: '在这里画',
  undo: '撤销',
  clear: '清空',
  penDown: '落笔',
  penUp: '提笔',
};
