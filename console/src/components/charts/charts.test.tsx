import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { complaints, draw } from '@/lib/testing/harness';
import { ChartTable } from './ChartTable';
import { FuelGauge } from './FuelGauge';
import { LineChart } from './LineChart';
import { placeLabel } from './labels';
import { gridOf, path, pieces, scale } from './scale';

it('draws few round lines that hold everything', () => {
  expect(gridOf(0, 100)).toEqual([0, 25, 50, 75, 100]);
  expect(gridOf(98.6, 100)).toEqual([98.5, 99, 99.5, 100]);
  expect(gridOf(-38.9, 100)).toEqual([-50, 0, 50, 100]);
  expect(gridOf(-4200, 100).length).toBeLessThanOrEqual(6);
  expect(gridOf(100, 100)).toEqual([100, 100.01]);
});

it('breaks a line where nothing is known', () => {
  const points = [1, 2, null, 4].map((value, at) => ({ at, value }));
  expect(pieces(points)).toEqual([
    [
      { at: 0, value: 1 },
      { at: 1, value: 2 },
    ],
    [{ at: 3, value: 4 }],
  ]);
  const x = scale(0, 3, 0, 30);
  const y = scale(0, 4, 40, 0);
  expect(path(pieces(points)[0] ?? [], x, y)).toBe('M0.0 30.0L10.0 20.0');
});

describe('the label of a limit', () => {
  const room = { left: 60, right: 700, top: 0, bottom: 300 };
  const words = 'Promise 99.9 %';
  const dip = [60, 90, 120].map((x, n) => ({ x, y: n === 1 ? 90 : 10 }));
  const calm = [...dip, { x: 700, y: 10 }];

  it('stands at the left end where nothing is in its way', () => {
    expect(placeLabel(words, 100, [], room, 'above')).toEqual({ x: 60, y: 94 });
    expect(placeLabel(words, 100, [], room, 'below')).toEqual({ x: 60, y: 116 });
  });

  it('makes way for a line that dips through its place', () => {
    const { x, y } = placeLabel(words, 20, [calm], room, 'below');
    expect(y).toBe(36);
    expect(x).toBeGreaterThan(115);
  });

  it('changes the side where the whole wished one is taken, and stays inside the chart', () => {
    const under = [
      { x: 60, y: 112 },
      { x: 700, y: 112 },
    ];
    expect(placeLabel(words, 100, [under], room, 'below').y).toBe(94);
    expect(placeLabel(words, 10, [], room, 'above').y).toBe(26);
  });

  it('takes the least crossed place where there is no free one', () => {
    const both = [0, 1].map((n) => [
      { x: 60, y: n ? 90 : 110 },
      { x: 640, y: n ? 90 : 110 },
    ]);
    expect(placeLabel(words, 100, both, room, 'above').x).toBeGreaterThan(590);
  });
});

it('speaks as one picture and names its limit', async () => {
  const { container } = draw(
    <main>
      <LineChart
        label="Uptime, at worst 98 %"
        points={[0, 1, 2].map((at) => ({ at, value: 98 + at }))}
        write={(value) => `${value} %`}
        limit={{ value: 99.9, label: 'Promised 99.9 %' }}
        marks={[{ at: 1, label: 'INC0000001', state: 'major_outage' }]}
        ticks={[{ at: 0, label: '1 Nov' }]}
      />
      <ChartTable caption="Uptime" heads={['Day', 'Uptime']} rows={[['1 Nov', '98 %']]} />
    </main>,
  );
  expect(screen.getByRole('img', { name: 'Uptime, at worst 98 %' })).toBeInTheDocument();
  expect(screen.getByText('Promised 99.9 %')).toBeInTheDocument();
  expect(screen.getByRole('rowheader', { name: '1 Nov' })).toBeInTheDocument();
  expect(await complaints(container)).toEqual([]);
});

it('shows an overdrawn tank as empty and says by how much', () => {
  draw(<FuelGauge label="Error budget" percent={-38.9} />);
  const meter = screen.getByRole('meter', { name: 'Error budget' });
  expect(meter).toHaveAttribute('aria-valuenow', '0');
  expect(meter).toHaveAttribute('aria-valuetext', '-39 % left');
});
