/** What the particles in the plane say in Chinese. */
import { zh as picker } from '../../controls/pickerWords.zh.ts';
import type { PlaneWords } from './words.ts';

export const zh: PlaneWords = {
  picker,
  title: '走进噪声，再走回来',
  caption:
    '两千个点，走 200 步进入噪声，再用 50 个更大的步走回来。两个方向都是精确计算的，没有用网络。颜色表示一个点出发时在图形的哪一部分，一路不变。',
  shape: '分布',
  drawMore: '继续画',
  paper: '画好以后按“播放”。画出的形状会被移到正中并缩放，使方差为 1。',
  shapes: {
    moons: '两弯月牙',
    rings: '圆环',
    spiral: '螺线',
    letters: '字母',
    draw: '自己画',
  },
  show: '显示',
  layers: {
    trails: '踪迹',
    heat: '密度',
    arrows: '得分箭头',
    time: '以时间为轴',
  },
  now: {
    forward: '前向：每一步把每个点往中间拉一点，再朝一个随机的方向推一小下，各推各的。',
    back: '反向：每一步把每个点往点更可能出现的地方移一点，再随机推一小下。它从前向结束的地方出发。',
  },
  way: '方向',
  ways: { forward: '前向', back: '反向' },
  time: '时间 t',
  timeOf: (t, T) => `${t} / ${T}`,
  summary: (shape, way, t, T) => `平面上的粒子，分布是“${shape}”，${way}，t = ${t}，一共 ${T} 步。`,
  mixture: (signal, noise) =>
    `在这个时刻，链上的一个粒子是它的起点乘以 ${signal}，再加上每个方向上标准差为 ${noise} 的噪声。`,
  timeSummary: (T) =>
    `24 个粒子的高度随时间的变化，从 t = 0 到 ${T}，背后是每个时刻这个高度的密度。在左边，它们聚在图形所在的地方；在右边，它们都落在 0 周围的一个钟形里。`,
  timeAxis: '平面上的高度随时间的变化',
  moment: (way, t) => `粒子，${way}，t = ${t}`,
  lacks: '粒子无法显示。',
};
