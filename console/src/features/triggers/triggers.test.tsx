import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Toasts } from '@/components/Toasts';
import type { ConditionReading, Trigger, TriggerPreview } from '@/lib/api';
import { complaints, draw, problem, serve } from '@/lib/testing/harness';
import { member, service } from '@/lib/testing/samples';
import { TriggerList } from '.';
import { pathOf, scalesOf } from './chart';
import { coverageSentence, durationWords, previewSentence, valueWords } from './words';

const admin = { ...member, permissions: ['services.read', 'triggers.read', 'triggers.write'] };
const condition = 'response_time > 30000 OR status_code >= 500';
const trigger: Trigger = {
  id: 't1',
  name: 'Domain down',
  service_id: 'shop',
  condition,
  duration_minutes: 2,
  auto_create_incident: true,
  severity: 'critical',
  enabled: true,
  firing: [],
  version: 3,
  created_at: '2026-11-20T09:00:00Z',
  updated_at: '2026-11-20T09:00:00Z',
};
const readable: ConditionReading = {
  valid: true,
  message: null,
  position: null,
  line: null,
  column: null,
  length: null,
  metrics: ['response_time', 'status_code'],
};
const preview: TriggerPreview = {
  from: '2026-11-14T09:00:00Z',
  to: '2026-11-21T09:00:00Z',
  count: 1,
  total_minutes: 42,
  coverage: 0.8,
  evaluated: 9000,
  spans: [
    {
      since: '2026-11-18T08:00:00Z',
      fired_at: '2026-11-18T08:02:00Z',
      cleared_at: '2026-11-18T08:44:00Z',
      reason: 'status_code was 503 (>= 500) for 2 min (3 results in a row) at “Website”.',
    },
  ],
  charts: [
    {
      metric: 'status_code',
      unit: '',
      limits: [{ sign: '>=', value: 500, text: '500' }],
      lines: [
        {
          monitor: 'Website',
          points: [
            { at: '2026-11-18T07:59:00Z', value: 200 },
            { at: '2026-11-18T08:00:00Z', value: 503 },
            { at: '2026-11-18T08:30:00Z', value: null },
          ],
        },
      ],
    },
  ],
};
const answers = {
  'GET /auth/me': admin,
  'GET /services': { items: [service('Shop'), service('Mail')], counts: {} },
  'GET /triggers': { items: [trigger], next_cursor: null },
  'POST /triggers/check': readable,
  'POST /triggers/preview': preview,
};

describe('words', () => {
  it('say how long, how much and how often', () => {
    expect([durationWords(0), durationWords(2), durationWords(90)]).toEqual([
      'at once',
      '2 min',
      '1 h 30 min',
    ]);
    expect(valueWords(31_000, 'ms')).toBe('31,000 ms');
    expect(valueWords(0.125, '%')).toBe('12.5 %');
    expect(previewSentence(preview)).toBe(
      'In the last 7 days it would have fired once, for 42 min in total.',
    );
    expect(previewSentence({ ...preview, count: 0 })).toBe(
      'In the last 7 days it would not have fired.',
    );
    expect(previewSentence({ ...preview, evaluated: 0 })).toMatch(/nothing to judge/);
    expect(coverageSentence(preview)).toBe(
      'Only for 80 % of that time it is known whether the condition held.',
    );
    expect(coverageSentence({ ...preview, coverage: 1 })).toBeNull();
  });
});

describe('a chart', () => {
  const frame = { width: 100, height: 100, left: 0, right: 0, top: 0, bottom: 0 };
  const [chart] = preview.charts;

  it('reaches from nought to the greatest value or limit, in round steps', () => {
    if (!chart) throw new Error('the sample has a chart');
    const { y, ticks } = scalesOf(chart, preview, frame);
    expect(ticks).toEqual([0, 200, 400, 600]);
    expect([y(0), y(600)]).toEqual([100, 0]);
  });

  it('breaks its line at pauses and where nothing answered', () => {
    if (!chart) throw new Error('the sample has a chart');
    const points = chart.lines[0]?.points ?? [];
    const scales = scalesOf(chart, preview, frame);
    expect(pathOf(points, scales, 90_000).match(/[ML]/g)).toEqual(['M', 'L']);
    expect(pathOf(points, scales, 10_000).match(/[ML]/g)).toEqual(['M', 'M']);
  });
});

describe('the list', () => {
  it('says which trigger fires, for what', async () => {
    const firing = {
      service_id: 'shop',
      firing_since: '2026-11-21T09:00:00Z',
      fired_at: '2026-11-21T09:02:00Z',
      values: { status_code: 503 },
      reason: 'status_code was 503',
    };
    const all = { ...trigger, id: 't2', name: 'Anything', service_id: null, firing: [firing] };
    const off = { ...trigger, id: 't3', name: 'Resting', enabled: false };
    serve({ ...answers, 'GET /triggers': { items: [trigger, all, off], next_cursor: null } });
    const { container } = draw(
      <main>
        <TriggerList />
      </main>,
    );
    expect(await screen.findByText('Calm')).toBeInTheDocument();
    expect(await screen.findByText(/Fires: Shop/)).toBeInTheDocument();
    expect(screen.getByText('Off')).toBeInTheDocument();
    expect(screen.getByText('Every service')).toBeInTheDocument();
    expect(await complaints(container)).toEqual([]);
  });

  it('says what a trigger is where there is none', async () => {
    serve({ ...answers, 'GET /triggers': { items: [], next_cursor: null } });
    draw(<TriggerList />);
    expect(await screen.findByText('There is no trigger yet.')).toBeInTheDocument();
  });
});

describe('the editor', () => {
  it('shows when it would have fired, before it is saved', async () => {
    const sent = serve({ ...answers, 'PATCH /triggers/t1': { ...trigger, version: 4 } });
    draw(
      <main>
        <TriggerList />
        <Toasts />
      </main>,
      '/?trigger=t1',
    );
    expect(await screen.findByText(/it would have fired once/)).toBeInTheDocument();
    expect(screen.getByRole('img', { name: /status_code: between 200 and 503/ })).toBeVisible();
    expect(screen.getByText(/3 results in a row/)).toBeInTheDocument();
    expect(await complaints(document.body)).toEqual([]);
    const minutes = screen.getByRole('textbox', { name: /Must hold for/ });
    await userEvent.clear(minutes);
    await userEvent.type(minutes, '10');
    await waitFor(() => {
      const tried = sent.filter(({ call }) => call === 'POST /triggers/preview').at(-1);
      expect(tried?.body).toEqual({ service_id: 'shop', condition, duration_minutes: 10 });
    });
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Domain down changed');
    const patch = sent.find(({ call }) => call.startsWith('PATCH'));
    expect(patch?.body).toMatchObject({ duration_minutes: 10, service_id: 'shop', condition });
  });

  it('marks the place of a mistake while it is typed, and tries nothing', async () => {
    const message = 'expected a number after “>” at character 16';
    const sent = serve({
      ...answers,
      'POST /triggers/check': {
        ...readable,
        valid: false,
        message,
        position: 16,
        line: 1,
        column: 16,
        length: 0,
      },
    });
    draw(<TriggerList />, '/?trigger=new');
    const field = await screen.findByRole('textbox', { name: /Condition/ });
    await userEvent.clear(field);
    await userEvent.type(field, 'response_time >');
    expect(await screen.findByText('Expected a number after “>” at character 16.')).toHaveAttribute(
      'role',
      'alert',
    );
    expect(field).toHaveAttribute('aria-invalid', 'true');
    expect(document.querySelector('mark')).toBeInTheDocument();
    expect(sent.some(({ call }) => call === 'POST /triggers/preview')).toBe(false);
  });

  it('asks on which service to try what watches all of them', async () => {
    const sent = serve(answers);
    draw(<TriggerList />, '/?trigger=new');
    const choice = await screen.findByRole('combobox', { name: 'Try it on' });
    await within(choice).findByRole('option', { name: 'Mail' });
    await userEvent.selectOptions(choice, 'Mail');
    await screen.findByText(/it would have fired once/);
    const tried = sent.find(({ call }) => call === 'POST /triggers/preview');
    expect(tried?.body).toMatchObject({ service_id: 'mail' });
  });

  it('says what the server refuses at the field', async () => {
    serve({
      ...answers,
      'POST /triggers': problem(422, 'Invalid', [
        { field: 'name', message: 'expected one line of text' },
      ]),
    });
    draw(<TriggerList />, '/?trigger=new');
    await userEvent.click(await screen.findByRole('button', { name: 'Add trigger' }));
    expect(await screen.findByText('Expected one line of text.')).toBeInTheDocument();
  });

  it('stays shut for those who may only look', async () => {
    serve({ ...answers, 'GET /auth/me': { ...member, permissions: ['triggers.read'] } });
    draw(<TriggerList />, '/?trigger=t1');
    expect(await screen.findByText('Domain down')).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
