/**
 * Kyrgyzstan's seven oblasts in rough strokes, drawn by hand for orientation only: good enough to know the country
 * by its shape, not to settle where a border runs. Points are [longitude, latitude] in degrees.
 */

export type Oblast = 'chui' | 'talas' | 'issykkul' | 'naryn' | 'jalalabad' | 'osh' | 'batken';

export type LonLat = readonly [lon: number, lat: number];

/** Lines that two oblasts share, or one oblast and the world; named by their ends. */
const talasWorld: LonLat[] = [
  [71.2, 42.16],
  [70.95, 42.26],
  [71.02, 42.47],
  [71.24, 42.77],
  [71.55, 42.79],
  [71.86, 42.83],
  [72.18, 42.76],
  [72.52, 42.69],
  [72.75, 42.65],
  [73.02, 42.55],
  [73.3, 42.52],
  [73.48, 42.42],
];
const chuiWorld: LonLat[] = [
  [73.48, 42.42],
  [73.41, 42.6],
  [73.5, 42.78],
  [73.53, 43.02],
  [73.9, 43.13],
  [74.22, 43.27],
  [74.42, 43.15],
  [74.62, 43.07],
  [74.95, 42.97],
  [75.2, 42.84],
  [75.6, 42.82],
  [75.8, 42.93],
  [76.1, 42.93],
  [76.4, 42.88],
  [76.75, 42.95],
  [77.2, 42.92],
];
const issykkulWorld: LonLat[] = [
  [77.2, 42.92],
  [77.6, 42.96],
  [77.95, 42.89],
  [78.35, 42.87],
  [78.75, 42.81],
  [79.18, 42.79],
  [79.42, 42.6],
  [79.72, 42.46],
  [80.02, 42.36],
  [80.25, 42.21],
  [80.2, 42.04],
  [79.86, 41.98],
  [79.52, 41.86],
  [79.12, 41.72],
  [78.72, 41.56],
  [78.4, 41.4],
  [78.2, 41.1],
  [77.95, 41.04],
];
const narynWorld: LonLat[] = [
  [77.95, 41.04],
  [77.6, 41.0],
  [77.2, 41.03],
  [76.92, 41.02],
  [76.75, 40.78],
  [76.62, 40.58],
  [76.34, 40.37],
  [75.98, 40.39],
  [75.72, 40.3],
  [75.58, 40.6],
  [75.24, 40.46],
  [74.95, 40.5],
  [74.72, 40.34],
];
const oshChina: LonLat[] = [
  [74.72, 40.34],
  [74.3, 40.12],
  [74.02, 40.07],
  [73.84, 39.85],
  [73.95, 39.6],
  [73.64, 39.46],
  [73.35, 39.4],
  [73.0, 39.36],
  [72.6, 39.37],
  [72.25, 39.2],
  [71.98, 39.3],
  [71.75, 39.32],
];
const batkenWorld: LonLat[] = [
  [71.75, 39.32],
  [71.72, 39.44],
  [71.5, 39.6],
  [71.3, 39.48],
  [71.06, 39.41],
  [70.8, 39.4],
  [70.5, 39.58],
  [70.2, 39.54],
  [69.9, 39.54],
  [69.56, 39.53],
  [69.32, 39.72],
  [69.3, 39.95],
  [69.5, 40.0],
  [69.54, 40.12],
  [69.9, 40.02],
  [70.3, 39.94],
  [70.58, 39.93],
  [70.66, 40.1],
  [70.98, 40.23],
  [71.25, 40.18],
  [71.6, 40.26],
  [71.72, 40.16],
  [71.98, 40.27],
  [72.2, 40.43],
  [72.38, 40.42],
];
const oshWest: LonLat[] = [
  [72.38, 40.42],
  [72.46, 40.54],
  [72.66, 40.54],
  [72.86, 40.62],
  [72.92, 40.75],
  [73.12, 40.83],
];
const jalalabadWorld: LonLat[] = [
  [73.12, 40.83],
  [72.84, 40.87],
  [72.6, 40.9],
  [72.4, 41.0],
  [72.18, 41.02],
  [72.15, 41.18],
  [71.88, 41.38],
  [71.68, 41.34],
  [71.66, 41.52],
  [71.44, 41.36],
  [71.42, 41.14],
  [71.1, 41.16],
  [70.85, 41.3],
  [70.68, 41.46],
  [70.46, 41.42],
  [70.19, 41.56],
  [70.48, 41.72],
  [70.66, 41.9],
  [70.86, 42.02],
  [71.06, 42.05],
  [71.2, 42.16],
];
const talasJalalabad: LonLat[] = [
  [71.2, 42.16],
  [71.55, 42.16],
  [71.9, 42.28],
  [72.3, 42.24],
  [72.75, 42.28],
  [73.25, 42.24],
];
const talasChui: LonLat[] = [
  [73.25, 42.24],
  [73.42, 42.3],
  [73.48, 42.42],
];
const chuiJalalabad: LonLat[] = [
  [73.25, 42.24],
  [73.4, 42.08],
  [73.75, 41.98],
  [74.1, 41.95],
];
const jalalabadNaryn: LonLat[] = [
  [74.1, 41.95],
  [74.0, 41.75],
  [74.3, 41.62],
  [74.52, 41.38],
  [74.42, 41.14],
  [74.2, 40.96],
];
const jalalabadOsh: LonLat[] = [
  [74.2, 40.96],
  [73.85, 40.98],
  [73.52, 41.03],
  [73.3, 40.93],
  [73.12, 40.83],
];
const narynOsh: LonLat[] = [
  [74.2, 40.96],
  [74.55, 40.8],
  [74.76, 40.56],
  [74.72, 40.34],
];
const chuiNaryn: LonLat[] = [
  [74.1, 41.95],
  [74.5, 42.1],
  [74.9, 42.22],
  [75.4, 42.28],
  [75.7, 42.4],
  [75.98, 42.44],
];
const chuiIssykkul: LonLat[] = [
  [75.98, 42.44],
  [76.12, 42.58],
  [76.5, 42.74],
  [76.9, 42.81],
  [77.2, 42.92],
];
const narynIssykkul: LonLat[] = [
  [75.98, 42.44],
  [75.96, 42.2],
  [76.3, 42.0],
  [76.75, 41.92],
  [77.15, 41.9],
  [77.45, 41.72],
  [77.8, 41.55],
  [77.82, 41.3],
  [77.95, 41.04],
];
const oshBatken: LonLat[] = [
  [71.75, 39.32],
  [71.85, 39.62],
  [72.05, 39.82],
  [72.3, 39.98],
  [72.28, 40.2],
  [72.38, 40.42],
];

const back = (line: readonly LonLat[]): LonLat[] => [...line].reverse();

/** Each oblast's outline as a closed ring. */
export const OUTLINES: Readonly<Record<Oblast, readonly LonLat[]>> = {
  talas: [...talasWorld, ...back(talasChui), ...back(talasJalalabad)],
  chui: [...chuiWorld, ...back(chuiIssykkul), ...back(chuiNaryn), ...back(chuiJalalabad), ...talasChui],
  issykkul: [...issykkulWorld, ...back(narynIssykkul), ...chuiIssykkul],
  naryn: [...narynWorld, ...back(narynOsh), ...back(jalalabadNaryn), ...chuiNaryn, ...narynIssykkul],
  jalalabad: [...jalalabadWorld, ...talasJalalabad, ...chuiJalalabad, ...jalalabadNaryn, ...jalalabadOsh],
  osh: [...oshChina, ...oshBatken, ...oshWest, ...back(jalalabadOsh), ...narynOsh],
  batken: [...batkenWorld, ...back(oshBatken)],
};

export const OBLASTS = Object.keys(OUTLINES) as Oblast[];

/** Lake Issyk-Kul, by which everybody finds their way on this map. */
export const LAKE: readonly LonLat[] = [
  [76.18, 42.44],
  [76.3, 42.52],
  [76.75, 42.6],
  [77.1, 42.66],
  [77.6, 42.73],
  [78.0, 42.74],
  [78.3, 42.68],
  [78.22, 42.54],
  [77.95, 42.42],
  [77.6, 42.26],
  [77.2, 42.16],
  [76.85, 42.16],
  [76.5, 42.27],
];

/** Where an oblast's name stands. */
export const NAME_AT: Readonly<Record<Oblast, LonLat>> = {
  chui: [74.6, 42.45],
  talas: [72.85, 42.42],
  issykkul: [78.75, 42.2],
  naryn: [75.7, 41.4],
  jalalabad: [72.6, 41.62],
  osh: [73.15, 40.2],
  batken: [70.75, 39.75],
};
