/** Ways to write 5 … 9. Coordinates and conventions: `../glyphs.ts`. */
import { type Allograph, arc } from './stroke.ts';

// biome-ignore format: a stroke reads best as one run of points
const five: Allograph[] = [
  {
    weight: 3, // body first, hat after
    write: (v) => {
      const hat = v(0.1, 0.18);
      return [
        [
          [hat, 0.03], [hat - 0.02, 0.22], [hat - 0.04, v(0.4, 0.46), 1], [0.34, v(0.36, 0.42)], [0.56, 0.54],
          [0.56, v(0.74, 0.82)], [0.34, 0.99], [0.03, v(0.86, 0.95)],
        ],
        [[hat, 0.03], [0.34, 0.03], [v(0.52, 0.68), v(-0.03, 0.04)]],
      ];
    },
  },
  {
    weight: 2, // one movement from the right end of the hat
    write: (v) => [
      [
        [v(0.52, 0.64), v(0, 0.05)], [0.36, 0.02], [0.17, v(0.02, 0.07), 1], [0.13, 0.22],
        [0.1, v(0.4, 0.46), 1], [0.34, 0.38], [0.54, 0.54], [0.54, 0.8], [0.32, 1], [0.02, v(0.86, 0.96)],
      ],
    ],
  },
  {
    weight: 1, // hurried, nearly an s
    write: (v) => [
      [
        [v(0.54, 0.64), v(0, 0.04)], [0.36, 0.02], [0.2, 0.1], [0.14, 0.3], [0.24, 0.42], [0.46, 0.54],
        [0.54, 0.76], [0.38, 0.97], [0.04, v(0.9, 0.98)],
      ],
    ],
  },
];

// biome-ignore format: a stroke reads best as one run of points
const six: Allograph[] = [
  {
    weight: 3, // long neck, closed bowl
    write: (v) => {
      const bowl = v(0.5, 0.62);
      return [
        [
          [v(0.4, 0.58), 0], [0.24, 0.18], [0.1, 0.48], [0.07, 0.76], [0.2, 0.97], [0.4, 0.97], [0.54, 0.8],
          [0.5, bowl + 0.06], [0.32, bowl], [0.14, bowl + 0.14], [0.1, v(0.76, 0.84)],
        ],
      ];
    },
  },
  {
    weight: 1.5, // straight neck, small bowl
    write: (v) => [
      [
        [v(0.26, 0.4), 0], [0.16, 0.3], [0.08, 0.66], [0.16, 0.94], [0.34, 1], [0.5, 0.86],
        [0.46, v(0.66, 0.72)], [0.28, v(0.62, 0.68)], [0.1, v(0.76, 0.84)],
      ],
    ],
  },
];

// biome-ignore format: a stroke reads best as one run of points
const seven: Allograph[] = [
  {
    weight: 3, // plain
    write: (v) => [
      [
        [0.02, v(0.03, 0.1)], [0.3, v(0.02, 0.06)], [v(0.52, 0.64), v(0, 0.06), 1], [0.44, 0.42],
        [v(0.2, 0.34), 1],
      ],
    ],
  },
  {
    weight: 1.5, // crossed
    write: (v) => {
      const bar = v(0.42, 0.54);
      return [
        [[0.02, v(0.02, 0.1)], [0.3, 0.04], [0.58, v(0, 0.05), 1], [0.42, 0.46], [v(0.2, 0.3), 1]],
        [[v(0.14, 0.22), bar + v(-0.02, 0.03)], [0.4, bar], [v(0.58, 0.68), bar + v(-0.05, 0.02)]],
      ];
    },
  },
  {
    weight: 1.5, // a serif at the left, a round shoulder
    write: (v) => [
      [
        [v(0, 0.06), v(0.14, 0.24)], [0.06, v(0.03, 0.07), 1], [0.3, 0.06], [0.52, v(0, 0.04)], [0.56, 0.12],
        [0.42, 0.5], [v(0.26, 0.34), 1],
      ],
    ],
  },
];

// biome-ignore format: a stroke reads best as one run of points
const eight: Allograph[] = [
  {
    weight: 4, // one movement, starting like an s
    write: (v) => {
      const waist = v(0.42, 0.5);
      const top = v(0.15, 0.22);
      const below = v(0.2, 0.28);
      return [
        [
          [0.3 + top, v(0.1, 0.18)], [0.32, 0], [0.3 - top, 0.16], [0.22, waist - 0.1], [0.4, waist + 0.08],
          [0.32 + below, 0.78], [0.32, 1], [0.3 - below, 0.8], [0.22, waist + 0.1], [0.42, waist - 0.1],
          [0.33 + top, v(0.12, 0.2)], [0.36, v(0, 0.04)],
        ],
      ];
    },
  },
  {
    weight: 1, // two rings
    write: (v) => {
      const waist = v(0.42, 0.5);
      const turn = v(0.6, 0.9);
      return [
        arc(0.31, waist / 2, v(0.17, 0.23), waist / 2, turn, turn - v(0.98, 1.06)),
        arc(0.31, (1 + waist) / 2, v(0.2, 0.29), (1 - waist) / 2, 0.75, 0.75 - v(0.98, 1.06)),
      ];
    },
  },
];

// biome-ignore format: a stroke reads best as one run of points
const nine: Allograph[] = [
  {
    weight: 3, // bowl, then a straight stem
    write: (v) => {
      const low = v(0.42, 0.52);
      return [
        [
          [0.52, v(0.1, 0.18)], [0.34, 0], [0.1, 0.12], [0.06, low - 0.12], [0.24, low], [0.44, low - 0.14],
          [0.54, v(0.06, 0.14), 1], [0.52, 0.5], [v(0.4, 0.5), 1],
        ],
      ];
    },
  },
  {
    weight: 2, // the stem bends back into a tail
    write: (v) => [
      [
        [0.5, v(0.08, 0.18)], [0.32, 0], [0.1, 0.12], [0.08, 0.34], [0.26, v(0.44, 0.5)], [0.46, 0.32],
        [0.53, v(0.1, 0.16), 1], [0.55, 0.45], [0.48, 0.8], [0.3, 1], [v(0.04, 0.12), v(0.86, 0.95)],
      ],
    ],
  },
  {
    weight: 1.5, // one movement, loop closed on the way down
    write: (v) => [
      [
        [v(0.48, 0.54), 0.22], [0.42, 0.04], [0.22, 0.03], [0.07, 0.24], [0.16, v(0.4, 0.46)], [0.36, 0.38],
        [0.5, 0.18], [0.48, 0.5], [v(0.36, 0.46), 1],
      ],
    ],
  },
];

export const FIVE_TO_NINE: Allograph[][] = [five, six, seven, eight, nine];
