import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Service } from '@/lib/api';
import { useKeyboard } from '@/lib/keys';
import { complaints, draw, serve } from '@/lib/testing/harness';
import { member, service } from '@/lib/testing/samples';
import { Graph } from '.';
import { causesOf, graphOf, linksOf, partOf, walk } from './model';
import { place } from './place';
import { graphSentence, reachSentence } from './sentence';

const manual = { source: { kind: 'manual' } };
const processor = service('Processor');
const ledger = service('Ledger', { ...manual, status: 'major_outage' });
const checkout = service('Checkout', {
  ...manual,
  status: 'partial_outage',
  dependencies: ['processor', 'ledger'],
});
const reports = service('Reports', { ...manual, dependencies: ['ledger', 'gone', 'reports'] });
const chat = service('Chat');
const services = [processor, ledger, checkout, reports, chat];

describe('the graph', () => {
  it('lights what carries trouble on and dashes what stops it', () => {
    const kinds = linksOf(graphOf(services)).map(({ from, to, kind, state }) => [
      from,
      to,
      kind,
      state,
    ]);
    expect(kinds).toEqual([
      ['processor', 'checkout', 'calm', 'operational'],
      ['ledger', 'checkout', 'lit', 'partial_outage'],
      ['ledger', 'reports', 'stopped', 'major_outage'],
    ]);
  });

  it('names causes and what follows', () => {
    const graph = graphOf(services);
    expect(causesOf(graph)).toEqual(['ledger']);
    expect(graphSentence(graph)).toBe('Ledger is the cause; 1 service follows.');
    const two = [ledger, service('Mail', { status: 'degraded' })];
    expect(graphSentence(graphOf(two))).toBe('2 services fail, each by itself; nothing follows.');
    expect(reachSentence(graph, 'ledger')).toBe('2 services need it; Checkout fails too.');
    expect(graphSentence(graphOf([chat]))).toBe('Nothing fails, so nothing spreads.');
    expect(graphSentence(graphOf([service('X', { poller_health: 'broken' })]))).toBe(
      'Nothing that can be seen fails; 1 service cannot be seen.',
    );
  });

  it('does not count a public face that lags behind its service', () => {
    const works = service('Mail');
    const face = {
      ...works,
      id: 'public:mail',
      status: 'degraded' as const,
      dependencies: ['mail'],
    };
    expect(graphSentence(graphOf([works, face]))).toBe(
      'Every service works again, but customers see 1 component in trouble.',
    );
    const failing = graphOf([ledger, { ...face, dependencies: ['ledger'] }]);
    expect(graphSentence(failing)).toBe(
      'Ledger is the cause; nothing follows; customers see 1 component in trouble.',
    );
  });

  it('does not take a blind poller for a cause', () => {
    const blind = service('Ledger', { status: 'major_outage', poller_health: 'broken' });
    expect(causesOf(graphOf([blind, reports]))).toEqual([]);
  });

  it('puts what is bought left, what is needed underneath, and the rest on top', () => {
    const { columns, nodes, alone } = place(graphOf(services));
    expect(columns.map(({ head }) => head)).toEqual([
      'We buy',
      'We run underneath',
      'We run on top',
    ]);
    const column = (id: string) => nodes.get(id)?.column;
    expect(['processor', 'ledger', 'checkout', 'reports'].map(column)).toEqual([0, 1, 2, 2]);
    expect(alone).toEqual(['chat']);
  });

  it('fits four columns into a laptop, and only more than that may scroll', () => {
    const bought = Array.from({ length: 3 }, (_, n) => service(`Bought ${n}`));
    const under = service('Under', { ...manual, dependencies: ['bought-0'] });
    const top = service('Top', { ...manual, dependencies: ['under', 'bought-1', 'bought-2'] });
    const seen = { ...service('Seen', { dependencies: ['top'] }), id: 'public:seen' };
    const graph = graphOf([...bought, under, top, seen]);
    for (const room of [600, 700, 860, 1300]) {
      const { columns, width, box } = place(graph, room);
      expect(columns).toHaveLength(4);
      expect(width).toBeLessThanOrEqual(room);
      expect(box.width).toBeGreaterThanOrEqual(124);
    }
    expect(place(graph, 400).width).toBeGreaterThan(400);
  });

  it('leaves out of a large graph what neither fails nor touches what fails', () => {
    const part = partOf(graphOf(services), 'ledger');
    expect([...part.keys()]).toEqual(['processor', 'ledger', 'checkout', 'reports']);
    const calm = partOf(graphOf([processor, chat]), 'chat');
    expect([...calm.keys()]).toEqual(['chat']);
    const reached = partOf(graphOf(services), 'chat');
    for (const { needs, neededBy } of reached.values())
      for (const id of [...needs, ...neededBy]) expect(reached.has(id)).toBe(true);
  });

  it('survives circles', () => {
    const down = { ...manual, status: 'degraded' } as const;
    const graph = graphOf([
      service('A', { ...down, dependencies: ['c'] }),
      service('B', { ...down, dependencies: ['a'] }),
      service('C', { ...down, dependencies: ['b'] }),
    ]);
    expect(place(graph).nodes.size).toBe(3);
    expect(causesOf(graph)).toHaveLength(3);
    expect(walk(graph, 'a', 'needs').map(({ id, through }) => [id, through])).toEqual([
      ['c', null],
      ['b', 'C'],
    ]);
  });

  it('lets no two boxes lie on each other, with two hundred of them', () => {
    const many = Array.from({ length: 200 }, (_, n): Service => {
      const dependencies = n < 20 ? [] : [`s${n % 20}`, `s${(n * 7) % n}`];
      return service(`S${n}`, { ...(n % 3 && manual), dependencies });
    });
    const { nodes } = place(graphOf(many));
    const places = new Set([...nodes.values()].map(({ x, y }) => `${x} ${y}`));
    expect(places.size).toBe(nodes.size);
    for (const one of nodes.values()) {
      const below = [...nodes.values()].filter(({ x, y }) => x === one.x && y > one.y);
      for (const { y } of below) expect(y - one.y).toBeGreaterThanOrEqual(52);
    }
  });
});

const answers = { 'GET /auth/me': member, 'GET /services': { items: services, counts: {} } };

function Keyed() {
  useKeyboard();
  return (
    <Graph
      frame={(main, aside) => (
        <main>
          {main}
          <aside>{aside}</aside>
        </main>
      )}
    />
  );
}

it('chooses the cause, walks along the lines by arrows, and keeps the choice in the address', async () => {
  const user = userEvent.setup();
  serve(answers);
  const { container, router } = draw(<Keyed />);
  const cause = await screen.findByRole('button', { name: /Ledger.*the cause/ });
  expect(cause).toHaveAttribute('aria-pressed', 'true');
  expect(screen.getByRole('heading', { name: 'Who feels it' })).toBeInTheDocument();
  cause.focus();
  await user.keyboard('{ArrowRight}');
  expect(document.activeElement).toHaveTextContent('Checkout');
  expect(router.state.location.search).toBe('?service=checkout');
  await user.keyboard('{ArrowLeft}');
  expect(document.activeElement).toHaveTextContent('Ledger');
  expect(await complaints(container)).toEqual([]);
});

it('is a table on T', async () => {
  const user = userEvent.setup();
  serve(answers);
  draw(<Keyed />);
  await screen.findByRole('button', { name: /Ledger/ });
  await user.keyboard('t');
  const table = screen.getByRole('table', { name: 'Services and what they depend on' });
  const row = within(table).getByRole('row', { name: /^Checkout/ });
  expect(row).toHaveTextContent('CheckoutPartial outageProcessor and Ledgernothing');
});

it('says what to do while nothing is linked', async () => {
  serve({ ...answers, 'GET /services': { items: [chat], counts: {} } });
  draw(<Keyed />);
  expect(await screen.findByText('No service depends on another yet.')).toBeInTheDocument();
});

it('draws of two hundred services only what matters, until all are asked for', async () => {
  const user = userEvent.setup();
  const many = Array.from({ length: 200 }, (_, n) =>
    service(`S${n}`, { dependencies: n ? ['s0'] : [] }),
  );
  serve({ ...answers, 'GET /services': { items: [...services, ...many], counts: {} } });
  draw(<Keyed />);
  expect(await screen.findByText(/what that touches, 4 of 205\./)).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: /^S7/ })).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Show all' }));
  expect(screen.getByRole('button', { name: /^S7\D/ })).toBeInTheDocument();
});
