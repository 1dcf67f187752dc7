import type { Scene } from './outside.ts';
import { circle, ellipse, gradient, HEIGHT, line, path, picture, poly, rect, sheet, WIDTH } from './shapes.ts';

const GLASS = gradient('glass', '#bcd6e6', '#eef4f5');

/** A room: wall with a painted lower band, a skirting and a wooden floor. */
function room(scene: Scene, tone = 1): string {
  const { wall, band } = scene.building;
  const boards = Array.from({ length: 12 }, (_, i) =>
    line([i * 100 - 60, HEIGHT], [280 + i * 42, 590], '#00000018', 3),
  );
  return [
    rect(0, 0, WIDTH, HEIGHT, wall),
    rect(0, 330, WIDTH, 260, band, 'opacity="0.75"'),
    rect(0, 324, WIDTH, 6, '#ffffff88'),
    rect(0, 578, WIDTH, 14, '#8a7356'),
    rect(0, 590, WIDTH, 178, '#b08a5e'),
    ...boards,
    rect(0, 0, WIDTH, HEIGHT, '#0c1420', `opacity="${((1 - tone) * 0.5).toFixed(2)}"`),
  ].join('');
}

function tiles(): string {
  const rows = Array.from({ length: 9 }, (_, r) => line([0, r * 74], [WIDTH, r * 74], '#c9d3d6', 3));
  const columns = Array.from({ length: 14 }, (_, c) => line([c * 78, 0], [c * 78, 640], '#c9d3d6', 3));
  return rect(0, 0, WIDTH, 640, '#e9eff0') + rows.join('') + columns.join('') + rect(0, 640, WIDTH, 128, '#a7aeb0');
}

/** A basin: dripping and without soap, or with water, soap and a clean towel. */
export function washbasin({ dice, good }: Scene): string {
  const soap = good
    ? [
        rect(634, 386, 84, 26, '#f3f4f0', 'rx="10"'),
        rect(646, 364, 60, 26, '#7fbf9a', 'rx="12"'),
        rect(790, 230, 96, 210, '#f6f3ea'),
        rect(790, 260, 96, 14, '#c0504d'),
        rect(776, 222, 124, 12, '#8d9499', 'rx="6"'),
        path('M504 330 q8 46 4 90 l22 0 q-2 -46 2 -90 z', '#bfe0f2', 'opacity="0.85"'),
      ]
    : [
        ellipse(516, 372, 5, 9, '#9cc4d8'),
        path('M420 470 q60 34 150 10 l-10 20 q-70 20 -130 -8 z', '#b39a6a', 'opacity="0.5"'),
        path('M516 430 l10 60 l-14 34 z', '#a98d5c', 'opacity="0.45"'),
        ...Array.from({ length: 9 }, () =>
          circle(dice.between(380, 660), dice.between(200, 620), dice.between(3, 8), '#9a8f78', 'opacity="0.5"'),
        ),
      ];
  return picture(GLASS, [
    tiles(),
    rect(396, 76, 240, 180, '#8d9499'),
    rect(406, 86, 220, 160, 'url(#glass)'),
    poly(
      [
        [430, 86],
        [500, 86],
        [420, 246],
        [406, 246],
        [406, 140],
      ],
      '#ffffff',
      'opacity="0.4"',
    ),
    rect(486, 520, 60, 190, '#dfe4e5'),
    path('M340 400 h352 q-6 130 -120 132 h-112 q-114 -2 -120 -132 z', '#fdfdfb', 'stroke="#c4cacb" stroke-width="4"'),
    ellipse(516, 410, 150, 26, '#dde4e6'),
    ellipse(516, 414, 16, 6, '#7c8588'),
    path('M500 300 h32 v26 q0 14 -12 14 h-8 q-12 0 -12 -14 z', '#9aa2a6'),
    rect(490, 286, 52, 18, '#7f878b', 'rx="8"'),
    ...soap,
  ]);
}

/** A brick stove that smokes in a grey room, or burns with coal beside it. */
export function stove(scene: Scene): string {
  const { dice, good } = scene;
  const bricks = Array.from({ length: 11 }, (_, r) => {
    const ends = r % 2 === 0 ? [372, 430, 488, 546, 604, 658] : [372, 401, 459, 517, 575, 633, 658];
    return ends
      .slice(1)
      .map((to, c) => {
        const from = ends[c] ?? to;
        return rect(from, 206 + r * 36, to - from - 4, 32, dice.pick(['#b4674a', '#a95c41', '#bd7355']));
      })
      .join('');
  });
  const smoke = Array.from({ length: 16 }, () =>
    ellipse(
      dice.between(330, 760),
      dice.between(60, 420),
      dice.between(40, 110),
      dice.between(24, 60),
      '#dfe0e2',
      'opacity="0.2"',
    ),
  );
  const fire = good
    ? [
        rect(448, 470, 134, 90, '#3a2a22', 'rx="6"'),
        ellipse(515, 528, 52, 26, '#f08a24'),
        ellipse(515, 536, 32, 18, '#ffd45e'),
        circle(515, 520, 120, '#ffb347', 'opacity="0.14"'),
      ]
    : [
        rect(448, 470, 134, 90, '#2c2724', 'rx="6"'),
        path('M470 470 q-30 -60 10 -110', 'none', 'stroke="#55585c" stroke-width="10" opacity="0.5"'),
        path('M380 330 l70 90 l-12 30', 'none', 'stroke="#3b2b24" stroke-width="5"'),
      ];
  const coal = good
    ? [
        path('M700 610 l20 110 h110 l20 -110 z', '#7d858b'),
        ...Array.from({ length: 18 }, () =>
          circle(dice.between(714, 836), dice.between(592, 620), dice.between(10, 17), '#26282b'),
        ),
      ]
    : [path('M700 610 l20 110 h110 l20 -110 z', '#7d858b'), ellipse(775, 610, 74, 12, '#4a5055')];
  return picture(GLASS, [
    room(scene, good ? 1 : 0.62),
    rect(80, 130, 190, 220, '#ffffff'),
    rect(92, 142, 166, 196, 'url(#glass)'),
    rect(170, 142, 10, 196, '#ffffff'),
    rect(478, 0, 74, 206, '#5d6166'),
    rect(362, 190, 304, 20, '#8d523b'),
    rect(366, 204, 296, 404, '#8e8579'),
    ...bricks,
    ...fire,
    rect(340, 600, 350, 24, '#6a6259'),
    ...coal,
    ...(good ? [] : smoke),
  ]);
}

/** A vaccine refrigerator with its temperature log: empty, or filled in day by day. */
export function fridge(scene: Scene): string {
  const { dice, good } = scene;
  const rows = Array.from({ length: 8 }, (_, r) => {
    const y = 214 + r * 20;
    const filled = good || r < 3;
    return (
      line([452, y], [588, y], '#b7bcbf', 2) +
      (filled
        ? rect(458, y - 13, 34, 7, '#31516f') +
          rect(506, y - 13, 24, 7, '#31516f') +
          rect(548, y - 13, 30, 7, '#31516f')
        : '')
    );
  });
  const display = good ? '#49b36b' : '#d0604c';
  return picture(GLASS, [
    room(scene),
    rect(372, 110, 296, 540, '#00000022', 'transform="translate(18 10)"'),
    rect(372, 100, 296, 540, '#f4f6f6', 'rx="16" stroke="#c6cccf" stroke-width="4"'),
    line([372, 420], [668, 420], '#b4bcc0', 5),
    rect(396, 430, 14, 110, '#9aa3a8', 'rx="6"'),
    rect(396, 290, 14, 110, '#9aa3a8', 'rx="6"'),
    rect(610, 120, 40, 22, '#20262b', 'rx="4"'),
    rect(616, 126, 28, 10, display),
    rect(440, 160, 160, 220, '#fdfcf5', 'stroke="#b4ad9a" stroke-width="2"'),
    rect(470, 174, 100, 9, '#4b5561'),
    ...rows,
    rect(388, 640, 30, 20, '#3c4246'),
    rect(620, 640, 30, 20, '#3c4246'),
    rect(742, 410, 220, 22, '#8a6a45'),
    rect(758, 432, 16, 190, '#8a6a45'),
    rect(928, 432, 16, 190, '#8a6a45'),
    rect(790, 340, 90, 70, good ? '#5f93c4' : '#9a9fa3', 'rx="8"'),
    rect(806, 328, 58, 14, '#e9edf0', 'rx="6"'),
    path(
      'M668 560 q60 30 40 90',
      'none',
      `stroke="#3c4246" stroke-width="6" ${dice.chance(0.5) ? '' : 'opacity="0.8"'}`,
    ),
  ]);
}

function chair(x: number, y: number, colour: string): string {
  return [
    rect(x, y, 84, 96, colour, 'rx="8"'),
    poly(
      [
        [x - 6, y + 104],
        [x + 90, y + 104],
        [x + 104, y + 138],
        [x - 20, y + 138],
      ],
      colour,
    ),
    rect(x - 14, y + 138, 9, 74, '#4d5358'),
    rect(x + 90, y + 138, 9, 74, '#4d5358'),
  ].join('');
}

/** The corridor: two odd chairs, or a row of six. Nobody is in the picture. */
export function waitingRoom(scene: Scene): string {
  const seats = scene.good
    ? [60, 180, 300, 420, 540, 660].map((x) => chair(x, 424, '#3f77a8'))
    : [chair(150, 424, '#8d6b4a'), chair(560, 430, '#6f7478')];
  return picture(GLASS, [
    room(scene),
    rect(96, 90, 210, 190, '#ffffff'),
    rect(108, 102, 186, 166, 'url(#glass)'),
    rect(196, 102, 10, 166, '#ffffff'),
    ...(scene.good
      ? [sheet(scene.dice, 420, 110, 120, 160), sheet(scene.dice, 560, 110, 120, 160)]
      : [sheet(scene.dice, 470, 140, 90, 120, '#ece6d2')]),
    rect(800, 130, 180, 460, scene.building.frame),
    rect(814, 144, 152, 446, '#e8e2d2'),
    circle(834, 380, 8, '#77705f'),
    rect(852, 176, 76, 34, '#f4f6f6'),
    rect(862, 188, 56, 9, '#4b5561'),
    ...seats,
  ]);
}

/** A notice board: one old sheet in a corner, or the lists in two languages. */
export function board(scene: Scene): string {
  const { dice, good } = scene;
  const sheets = good
    ? [0, 1, 2, 3].flatMap((i) => [
        sheet(dice, 190 + i * 168, 176, 140, 178),
        sheet(dice, 190 + i * 168, 372, 140, 150, i % 2 ? '#eef4f8' : '#fbf9f1'),
      ])
    : [
        `<g transform="rotate(4 300 280)">${sheet(dice, 230, 200, 130, 170, '#e9dfc2')}</g>`,
        circle(520, 300, 5, '#c0504d'),
        circle(700, 240, 5, '#3f77a8'),
        circle(640, 430, 5, '#c9a13d'),
      ];
  return picture(GLASS, [
    room(scene),
    rect(150, 130, 724, 430, '#7a5a3c', 'rx="6"'),
    rect(168, 148, 688, 394, good ? '#9fb9a3' : '#b9a98a'),
    ...Array.from({ length: 60 }, () => circle(dice.between(172, 850), dice.between(152, 538), 2, '#00000014')),
    ...sheets,
  ]);
}
