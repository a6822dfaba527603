import type { Series } from './row.js';

const [width, height, left, right, top, bottom] = [640, 360, 64, 16, 44, 44];
const colors = ['#1f6feb', '#d1242f', '#57606a', '#8250df'];

/** A line chart of a cost against the number of calls. */
export function toSvg({ title, unit, lines }: Series): string {
  const points = Object.values(lines).flat();
  const most = Math.max(...points.map(([calls]) => calls), 1);
  const highest = Math.max(...points.map(([, value]) => value), 0) * 1.1 || 1;
  const x = (calls: number): number => left + (calls / most) * (width - left - right);
  const y = (value: number): number => height - bottom - (value / highest) * (height - top - bottom);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => share * highest);
  const counts = [...new Set(points.map(([calls]) => calls))].toSorted((a, b) => a - b);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    `<text x="${left}" y="20" font-size="14">${title} (${unit})</text>`,
    ...ticks.map(
      (tick) =>
        `<path d="M${left} ${y(tick)}H${width - right}" stroke="#d0d7de"/><text x="${left - 6}" y="${y(tick) + 4}" text-anchor="end">${label(tick)}</text>`,
    ),
    ...counts.map((calls) => `<text x="${x(calls)}" y="${height - bottom + 18}" text-anchor="middle">${calls}</text>`),
    `<text x="${width - right}" y="${height - 8}" text-anchor="end">parallel calls</text>`,
    ...Object.entries(lines).flatMap(([name, values], index) => {
      const color = colors[index % colors.length] ?? 'black';
      const path = values.map(([calls, value], at) => `${at === 0 ? 'M' : 'L'}${x(calls)} ${y(value)}`).join('');
      return [
        `<path d="${path}" fill="none" stroke="${color}" stroke-width="2"/>`,
        ...values.map(([calls, value]) => `<circle cx="${x(calls)}" cy="${y(value)}" r="3" fill="${color}"/>`),
        `<text x="${left + 8 + index * 150}" y="38" fill="${color}">${name}</text>`,
      ];
    }),
    '</svg>',
    '',
  ].join('\n');
}

const label = (value: number): string => (value >= 10 ? String(Math.round(value)) : value.toPrecision(2));
