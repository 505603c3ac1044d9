import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { complaints, draw } from '@/lib/testing/harness';
import { ChartTable } from './ChartTable';
import { FuelGauge } from './FuelGauge';
import { LineChart } from './LineChart';
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
