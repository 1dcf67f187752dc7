import type { Random } from '../random.ts';
import {
  circle,
  ellipse,
  gradient,
  HEIGHT,
  line,
  type Point,
  path,
  picture,
  poly,
  rect,
  sheet,
  WIDTH,
} from './shapes.ts';

/** How the clinic looks from the street. The building is the same in every picture of one facility. */
export interface Building {
  readonly wall: string;
  readonly band: string;
  readonly frame: string;
  readonly roof: string;
}

export function building(dice: Random): Building {
  return {
    wall: dice.pick(['#f1ece0', '#e9e4d3', '#f4efe6', '#e6e9e4']),
    band: dice.pick(['#8fb3c9', '#9dbf9f', '#c9b48f', '#a9b7d1']),
    frame: dice.pick(['#2f6da3', '#3f7f6a', '#7a5a3c', '#4a6fa5']),
    roof: dice.pick(['#7d8288', '#8c6a56', '#6f7d6c', '#9a6b5b']),
  };
}

export interface Scene {
  readonly dice: Random;
  readonly building: Building;
  readonly good: boolean;
  /** Spring is green, autumn is yellow; late autumn has the first snow. */
  readonly season: 'autumn' | 'snow' | 'spring';
}

const SKY = { autumn: ['#b9cfe0', '#eee9da'], snow: ['#c6ced6', '#eceef0'], spring: ['#8fc0e6', '#e6f1ee'] } as const;
const GROUND = { autumn: '#a89a6b', snow: '#e9edf0', spring: '#8fae6b' } as const;

function mountains(dice: Random): string {
  const ridge = (base: number, height: number, fill: string, cap: boolean): string => {
    const tops: Point[] = Array.from({ length: 6 }, (_, i) => [
      i * 220 - 60 + dice.between(-40, 40),
      base - height * (0.55 + dice.next() * 0.45),
    ]);
    const back = poly(
      [
        [-80, base],
        ...tops.flatMap(([x, y]): Point[] => [
          [x - 95, base - height * 0.25],
          [x, y],
        ]),
        [WIDTH + 80, base],
      ],
      fill,
    );
    if (!cap) return back;
    return (
      back +
      tops
        .map(([x, y]) =>
          poly(
            [
              [x, y],
              [x - 36, y + 44],
              [x - 12, y + 34],
              [x + 4, y + 48],
              [x + 20, y + 32],
              [x + 40, y + 40],
            ],
            '#f6f8fa',
          ),
        )
        .join('')
    );
  };
  return ridge(330, 250, '#8797a8', true) + ridge(345, 120, '#7b8c79', false);
}

function windowAt(x: number, y: number, frame: string): string {
  return [
    rect(x, y, 118, 132, frame),
    rect(x + 10, y + 10, 98, 112, 'url(#glass)'),
    rect(x + 55, y + 10, 8, 112, frame),
    rect(x + 10, y + 52, 98, 7, frame),
    rect(x - 8, y + 132, 134, 10, '#cfc8b8'),
  ].join('');
}

function house({ wall, band, frame, roof }: Building): string {
  return [
    poly(
      [
        [70, 300],
        [130, 206],
        [894, 206],
        [954, 300],
      ],
      roof,
    ),
    ...Array.from({ length: 17 }, (_, i) => line([118 + i * 49, 300], [150 + i * 45, 208], '#00000022', 3)),
    rect(104, 298, 816, 262, wall),
    rect(104, 478, 816, 82, band),
    rect(104, 298, 816, 12, '#00000026'),
    windowAt(156, 336, frame),
    windowAt(316, 336, frame),
    windowAt(748, 336, frame),
    // The door, with a lamp over it.
    rect(540, 344, 126, 216, frame),
    rect(552, 356, 102, 204, '#e8e2d2'),
    rect(564, 370, 78, 74, 'url(#glass)'),
    circle(640, 466, 5, '#77705f'),
    poly(
      [
        [520, 340],
        [686, 340],
        [706, 322],
        [500, 322],
      ],
      roof,
    ),
  ].join('');
}

function fence(): string {
  return (
    Array.from({ length: 8 }, (_, i) => rect(8 + i * 12, 440, 7, 120, '#6f8ea8')).join('') +
    rect(0, 466, 104, 7, '#6f8ea8')
  );
}

function poplar(x: number, height: number, leaves: string): string {
  return (
    rect(x - 4, 560 - height * 0.3, 8, height * 0.3, '#6b5a45') +
    ellipse(x, 560 - height * 0.58, height * 0.11, height * 0.46, leaves)
  );
}

/** Three high steps, or a ramp with a rail beside two low ones. */
function entrance(good: boolean): string {
  const steps = good
    ? [rect(520, 560, 166, 20, '#c4beb2'), rect(504, 580, 198, 20, '#b3ada1')]
    : [rect(528, 560, 150, 30, '#bdb7ab'), rect(512, 590, 182, 30, '#aaa498'), rect(496, 620, 214, 30, '#979185')];
  if (!good)
    return [...steps, path('M512 604 l26 8 l-10 12 z', '#7d776b'), path('M650 590 l34 0 l-12 14 z', '#7d776b')].join(
      '',
    );
  const rails = [0, 1, 2, 3].map((i) => line([720 + i * 66, 566 + i * 18], [720 + i * 66, 506 + i * 18], '#5d6a75', 7));
  return [
    ...steps,
    poly(
      [
        [686, 560],
        [930, 626],
        [930, 640],
        [686, 600],
      ],
      '#b9b3a7',
    ),
    poly(
      [
        [686, 560],
        [930, 626],
        [878, 640],
        [640, 574],
      ],
      '#d2ccc0',
    ),
    ...rails,
    line([716, 508], [920, 562], '#5d6a75', 8),
    line([716, 540], [920, 594], '#5d6a75', 5),
  ].join('');
}

function puddles(dice: Random): string {
  return Array.from({ length: 7 }, () => {
    const [x, y] = [dice.between(380, 820), dice.between(640, 740)];
    return (
      ellipse(x, y, dice.between(34, 90), dice.between(8, 18), '#6d5b45') +
      ellipse(x, y - 2, dice.between(14, 40), 5, '#93a0a6')
    );
  }).join('');
}

function gravel(dice: Random): string {
  const stones = Array.from({ length: 150 }, () => {
    const y = dice.between(604, 764);
    const spread = 90 + (y - 600) * 1.1;
    return ellipse(
      600 + (dice.next() - 0.5) * 2 * spread,
      y,
      4 + (y - 600) / 30,
      3 + (y - 600) / 50,
      dice.pick(['#a8a49b', '#c1bdb4', '#918d84']),
    );
  });
  return (
    poly(
      [
        [520, 600],
        [690, 600],
        [860, 768],
        [340, 768],
      ],
      '#b3aea3',
    ) + stones.join('')
  );
}

function lamp(): string {
  return (
    rect(744, 300, 8, 300, '#4d545b') +
    circle(748, 296, 16, '#fff3c4', 'stroke="#4d545b" stroke-width="4"') +
    circle(748, 296, 46, '#fff3c4', 'opacity="0.35"')
  );
}

function frontage(scene: Scene, ...nearer: readonly string[]): string {
  const [top, low] = SKY[scene.season];
  const leaves = { autumn: '#c9a13d', snow: '#8f8a78', spring: '#7fa651' }[scene.season];
  const defs =
    gradient('sky', top, low) +
    gradient('glass', '#5f7f97', '#a9c1cf') +
    gradient('ground', GROUND[scene.season], '#7c7256');
  return picture(defs, [
    rect(0, 0, WIDTH, 360, 'url(#sky)'),
    mountains(scene.dice),
    rect(0, 340, WIDTH, 220, { autumn: '#b5a878', snow: '#dfe4e7', spring: '#9db87c' }[scene.season]),
    poplar(40, 300, leaves),
    poplar(978, 340, leaves),
    rect(0, 540, WIDTH, HEIGHT - 540, scene.season === 'snow' ? '#e4e8ea' : 'url(#ground)'),
    fence(),
    house(scene.building),
    scene.season === 'snow'
      ? rect(64, 296, 896, 8, '#f8fafb') +
        poly(
          [
            [130, 206],
            [894, 206],
            [918, 244],
            [108, 244],
          ],
          '#f4f7f9',
        )
      : '',
    ...nearer,
  ]);
}

export const ramp = (scene: Scene): string => frontage(scene, entrance(scene.good));

export const pathToDoor = (scene: Scene): string =>
  frontage(
    scene,
    ...(scene.good
      ? [gravel(scene.dice), rect(520, 560, 166, 20, '#c4beb2'), rect(504, 580, 198, 20, '#b3ada1'), lamp()]
      : [
          poly(
            [
              [500, 590],
              [710, 590],
              [900, 768],
              [300, 768],
            ],
            '#7d6a50',
          ),
          rect(520, 560, 166, 20, '#c4beb2'),
          rect(504, 580, 198, 20, '#b3ada1'),
          puddles(scene.dice),
        ]),
  );

/** Close to the door: one faded board, or a new one in two columns with the hours below. */
export function signboard(scene: Scene): string {
  const { wall, band, frame } = scene.building;
  const board = scene.good
    ? [
        rect(236, 170, 380, 300, '#245a86', 'rx="8"'),
        rect(250, 184, 352, 272, '#f7f8f4', 'rx="4"'),
        ...[268, 436].map((x) => sheet(scene.dice, x, 198, 150, 150, '#f7f8f4')),
        rect(250, 362, 352, 4, '#245a86'),
        ...[0, 1, 2].map(
          (i) => rect(280, 382 + i * 22, 130, 8, '#59626c') + rect(446, 382 + i * 22, 100, 8, '#59626c'),
        ),
      ]
    : [
        rect(300, 220, 240, 170, '#9aa1a3', 'transform="rotate(-2 420 300)"'),
        rect(310, 230, 220, 150, '#d9d5c6', 'transform="rotate(-2 420 300)"'),
        ...[0, 1, 2, 3].map((i) =>
          rect(330, 252 + i * 30, 150 - i * 18, 9, '#a6a08f', 'transform="rotate(-2 420 300)"'),
        ),
        path('M500 232 l28 0 l-6 34 z', '#b7b1a0'),
      ];
  return picture(gradient('glass', '#5f7f97', '#a9c1cf'), [
    rect(0, 0, WIDTH, HEIGHT, wall),
    rect(0, 560, WIDTH, 208, band),
    ...Array.from({ length: 40 }, () =>
      circle(scene.dice.between(0, WIDTH), scene.dice.between(0, 760), scene.dice.between(2, 7), '#00000010'),
    ),
    rect(720, 60, 260, 708, frame),
    rect(740, 80, 220, 688, '#e8e2d2'),
    rect(772, 116, 156, 190, 'url(#glass)'),
    rect(846, 116, 8, 190, frame),
    circle(764, 430, 10, '#77705f'),
    ...board,
  ]);
}
