/** Ways to write 0 … 4. Coordinates and conventions: `../glyphs.ts`. */
import { type Allograph, arc } from './stroke.ts';

// biome-ignore format: a stroke reads best as one run of points
const zero: Allograph[] = [
  {
    weight: 4, // counter-clockwise from the top, the end a little past the start
    write: (v) => {
      const start = v(0.68, 0.86);
      return [arc(0.32, 0.5, v(0.19, 0.34), 0.5, start, start - v(0.97, 1.1))];
    },
  },
  {
    weight: 1, // egg: heavier below
    write: (v) => {
      const w = v(0.24, 0.36);
      const top = v(0.28, 0.4);
      return [
        [
          [top + 0.06, 0.02], [top - 0.08, 0.03], [0.32 - w, 0.42], [0.32 - w * 0.9, 0.78], [0.32, 1],
          [0.32 + w * 0.95, 0.76], [0.32 + w * 0.9, 0.36], [top + 0.08, 0.04], [top - v(0, 0.08), v(0, 0.06)],
        ],
      ];
    },
  },
];

// biome-ignore format: a stroke reads best as one run of points
const one: Allograph[] = [
  {
    weight: 5, // a bare stroke
    write: (v) => [[[0.3, 0], [0.3 + v(-0.03, 0.03), 0.5], [0.3, 1]]],
  },
  {
    weight: 2, // with a flag
    write: (v) => [[[v(0.06, 0.2), v(0.14, 0.3)], [0.35, 0, 1], [0.35, 0.5], [0.35, 1]]],
  },
  {
    weight: 1.2, // with a flag and a foot
    write: (v) => [
      [[v(0.08, 0.18), v(0.14, 0.26)], [0.35, 0, 1], [0.35, 0.5], [0.35, 1]],
      [[v(0.02, 0.12), 1], [0.35, v(0.98, 1.02)], [v(0.56, 0.68), v(0.96, 1.01)]],
    ],
  },
];

// biome-ignore format: a stroke reads best as one run of points
const two: Allograph[] = [
  {
    weight: 3, // swan neck, corner, straight foot
    write: (v) => [
      [
        [0.05, v(0.16, 0.3)], [0.16, 0.06], [0.34, 0], [0.54, 0.1], [0.56, v(0.26, 0.34)],
        [0.38, v(0.58, 0.66)], [v(0.02, 0.1), 0.97, 1], [0.34, v(0.92, 0.99)], [v(0.56, 0.72), v(0.93, 1)],
      ],
    ],
  },
  {
    weight: 2, // with a loop at the foot
    write: (v) => [
      [
        [0.08, v(0.14, 0.26)], [0.2, 0.04], [0.38, 0], [0.54, 0.12], [0.52, 0.36], [0.34, 0.72], [0.16, 0.94],
        [0.03, v(0.92, 0.97)], [0.06, v(0.8, 0.86)], [0.22, v(0.8, 0.86)], [0.4, 0.95],
        [v(0.6, 0.74), v(0.88, 1)],
      ],
    ],
  },
  {
    weight: 1, // quick: round turn at the foot, wavy tail
    write: (v) => [
      [
        [0.04, v(0.1, 0.2)], [0.3, 0], [0.52, 0.14], [0.46, 0.42], [0.22, 0.72], [v(0.04, 0.1), 0.95],
        [0.22, 0.9], [0.42, 0.96], [v(0.62, 0.72), v(0.86, 0.94)],
      ],
    ],
  },
];

// biome-ignore format: a stroke reads best as one run of points
const three: Allograph[] = [
  {
    weight: 3, // two bows with a corner between
    write: (v) => {
      const waist = v(0.42, 0.5);
      return [
        [
          [v(0.04, 0.12), v(0.08, 0.18)], [0.3, 0], [0.52, 0.13], [0.46, waist - 0.12],
          [v(0.18, 0.3), waist, 1], [0.46, waist + 0.08], [v(0.54, 0.62), 0.74], [0.44, 0.95], [0.22, 1],
          [0.02, v(0.84, 0.92)],
        ],
      ];
    },
  },
  {
    weight: 1, // flat top
    write: (v) => [
      [
        [0.06, v(0.01, 0.06)], [0.3, 0.02], [0.56, v(0, 0.04), 1], [0.4, 0.24], [v(0.22, 0.3), 0.42, 1],
        [0.48, 0.48], [0.58, 0.7], [0.42, 0.94], [0.2, 1], [0.02, v(0.84, 0.92)],
      ],
    ],
  },
  {
    weight: 1.5, // a small loop at the waist
    write: (v) => [
      [
        [0.08, v(0.06, 0.16)], [0.3, 0], [0.5, 0.12], [0.44, 0.34], [0.26, 0.47], [v(0.16, 0.2), 0.46],
        [0.24, v(0.39, 0.43)], [0.44, 0.5], [v(0.52, 0.6), 0.7], [0.44, 0.93], [0.22, 1],
        [0.03, v(0.86, 0.94)],
      ],
    ],
  },
];

// biome-ignore format: a stroke reads best as one run of points
const four: Allograph[] = [
  {
    weight: 3, // open
    write: (v) => {
      const bar = v(0.48, 0.6);
      return [
        [
          [v(0.06, 0.16), v(0, 0.08)], [0.07, bar * 0.55], [v(0.05, 0.1), bar, 1], [0.3, bar + 0.01],
          [v(0.58, 0.66), bar - v(0, 0.08)],
        ],
        [[v(0.5, 0.58), v(0, 0.1)], [0.51, 0.5], [v(0.44, 0.52), 1]],
      ];
    },
  },
  {
    weight: 2, // closed
    write: (v) => {
      const bar = v(0.58, 0.68);
      const stem = v(0.42, 0.5);
      return [
        [
          [stem, 0], [stem * 0.55, bar * 0.5], [v(0, 0.06), bar, 1], [0.3, bar + v(-0.02, 0.02)],
          [v(0.62, 0.74), bar - v(-0.01, 0.06)],
        ],
        [[stem, 0], [stem, 0.5], [stem + v(-0.04, 0.02), 1]],
      ];
    },
  },
  {
    weight: 2, // one movement: a cup, then the stem
    write: (v) => [
      [
        [v(0.06, 0.14), v(0, 0.08)], [v(0.02, 0.07), 0.32], [0.14, v(0.48, 0.56)], [0.36, v(0.46, 0.52)],
        [0.52, v(0.04, 0.12), 1], [v(0.47, 0.52), 0.5], [v(0.42, 0.5), 1],
      ],
    ],
  },
];

export const ZERO_TO_FOUR: Allograph[][] = [zero, one, two, three, four];
