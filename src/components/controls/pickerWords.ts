/** What the image picker says, for the widgets that have one. */
export const en = {
  image: 'Image',
  imageSources: { four: '2 × 2', digit: 'A digit', draw: 'Draw your own' },
  fourPixels: 'Pixels of the 2 by 2 image',
  pixelIsInk: (place: number) =>
    `${['top left', 'top right', 'bottom left', 'bottom right'][place]} pixel is ink`,
  digit: 'Digit',
  anotherHand: 'Another hand',
  /** Names a picture that the reader picked, inside a sentence. */
  picture: (source: 'four' | 'digit' | 'draw', digit: number) =>
    ({ four: 'the 2 by 2 image', digit: `a handwritten ${digit}`, draw: 'your drawing' })[source],
  drawingPad:
    'Drawing pad: draw with a pointer, or move with the arrow keys and press Space to lower or lift the pen',
  yourDrawing: 'Your drawing so far',
  drawHere: 'Draw here',
  undo: 'Undo',
  clear: 'Clear',
  penDown: 'Pen down',
  penUp: 'Pen up',
};

export type PickerWords = typeof en;
