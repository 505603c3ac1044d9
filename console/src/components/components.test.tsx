import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { type Day, type Status, sentenceOf } from '@/lib/api';
import { useKeyboard } from '@/lib/keys';
import { complaints, draw } from '@/lib/testing/harness';
import { initials } from './Avatar';
import { Button } from './Button';
import { BarStrip } from './bars/BarStrip';
import { ProportionBar } from './bars/ProportionBar';
import { SegmentStrip } from './bars/SegmentStrip';
import { AskOnce } from './Dialog';
import { ErrorPanel } from './ErrorPanel';
import { PasswordField, SelectField, TextField } from './fields';
import { LiveDot } from './LiveDot';
import { Row, RowLink, Rows } from './rows/Rows';
import { useRowCursor } from './rows/useRowCursor';
import { StatusChip } from './StatusChip';
import { NamedMark } from './StatusMark';
import { Toasts } from './Toasts';

const day = (date: string, status: Status | null): Day => ({
  date,
  status,
  maintenance: false,
});
const days = [
  day('2026-11-02', 'operational'),
  day('2026-11-03', 'major_outage'),
  day('2026-11-04', null),
];

describe('the bar strip', () => {
  it('is one tab stop whose arrows walk over named days', async () => {
    const user = userEvent.setup();
    draw(<BarStrip label="Git, last 3 days" days={days} />);
    await user.tab();
    expect(document.activeElement).toHaveAccessibleName('Wed 4 Nov: No data');
    await user.keyboard('{ArrowLeft}');
    expect(document.activeElement).toHaveAccessibleName('Tue 3 Nov: Major outage');
    await user.keyboard('{Home}{ArrowLeft}');
    expect(document.activeElement).toHaveAccessibleName('Mon 2 Nov: Operational');
    await user.tab();
    expect(document.activeElement).toBe(document.body);
  });
});

it('names what stands alone and counts what is many', () => {
  draw(
    <>
      <NamedMark state="poller_broken" />
      <StatusChip state="partial_outage" />
      <ProportionBar
        parts={[
          { state: 'degraded', count: 0 },
          { state: 'operational', count: 4 },
        ]}
      />
    </>,
  );
  expect(screen.getByRole('img', { name: 'Poller broken' })).toBeInTheDocument();
  expect(screen.getByText('Partial outage')).toBeInTheDocument();
  expect(screen.getByRole('listitem')).toHaveTextContent('4 operational');
});

it('says how fresh it is, in words', () => {
  const now = Date.parse('2026-11-21T09:18:00Z');
  draw(
    <>
      <LiveDot live at={now - 4000} now={now} />
      <LiveDot live={false} at={now - 60_000} now={now} />
    </>,
  );
  expect(screen.getByText('Live, 4 s ago')).toBeInTheDocument();
  expect(screen.getByText('Reconnecting, shown as of 10:17')).toBeInTheDocument();
});

it('a refused button stays reachable and says why', async () => {
  const act = vi.fn();
  draw(
    <>
      <Button refused="It is closed already." onClick={act}>
        Hold
      </Button>
      <Toasts />
    </>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Hold' }));
  expect(act).not.toHaveBeenCalled();
  expect(screen.getByRole('status')).toHaveTextContent('It is closed already.');
});

it('an error says what, why and since when, and tries again', async () => {
  const retry = vi.fn();
  const shown = Date.parse('2026-11-21T09:17:00Z');
  draw(
    <ErrorPanel
      what="Timeline"
      error={new Error('No answer.')}
      shownAsOf={shown}
      onRetry={retry}
    />,
  );
  expect(screen.getByRole('alert')).toHaveTextContent(
    /^Timeline not loaded\.No answer\.Shown as of .*10:17\./,
  );
  await userEvent.click(screen.getByRole('button', { name: /Try again/ }));
  expect(retry).toHaveBeenCalledOnce();
  expect(sentenceOf('odd')).toBe('Something went wrong.');
});

function List({ onOpen }: { onOpen: (id: string) => void }) {
  useKeyboard();
  const { row, selected } = useRowCursor(['A', 'B'], { onOpen });
  return (
    <>
      <Rows label="Letters" columns="1fr">
        {['A', 'B'].map((id) => (
          <Row key={id} state={row(id)} name={id}>
            <RowLink to={`/${id}`}>{id}</RowLink>
          </Row>
        ))}
      </Rows>
      <output>{selected.join()}</output>
    </>
  );
}

it('rows are walked with J and K, selected with X and cleared with Escape', async () => {
  const user = userEvent.setup();
  const open = vi.fn();
  draw(<List onOpen={open} />);
  await user.keyboard('j');
  expect(document.activeElement).toHaveTextContent('A');
  await user.keyboard('jj');
  expect(document.activeElement).toHaveTextContent('B');
  await user.keyboard('x');
  expect(screen.getByRole('status')).toHaveTextContent('B');
  expect(screen.getByRole('checkbox', { name: 'Select B' })).toBeChecked();
  await user.keyboard('{Escape}');
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
  (document.activeElement as HTMLElement).blur();
  await user.keyboard('{Enter}');
  expect(open).toHaveBeenCalledExactlyOnceWith('B');
});

it('fields tie their words to their control', async () => {
  draw(
    <>
      <TextField label="Reason" hint="for the record" error="expected some text" />
      <PasswordField label="Password" />
      <SelectField label="Status" choices={[{ value: 'a', label: 'A' }]} />
    </>,
  );
  const reason = screen.getByLabelText('Reason');
  expect(reason).toBeInvalid();
  expect(reason).toHaveAccessibleDescription('Expected some text.');
  const password = screen.getByLabelText('Password');
  expect(password).toHaveAttribute('type', 'password');
  await userEvent.click(screen.getByRole('button', { name: 'Show what is typed' }));
  expect(password).toHaveAttribute('type', 'text');
  expect(screen.getByLabelText('Status')).toHaveValue('a');
});

it('asks once before what cannot be undone', async () => {
  const confirm = vi.fn();
  draw(
    <AskOnce
      opened
      onClose={() => {}}
      onConfirm={confirm}
      question="Delete page main?"
      confirm="Delete page"
    >
      Its address stops working.
    </AskOnce>,
  );
  const dialog = screen.getByRole('dialog', { name: 'Delete page main?' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Delete page' }));
  expect(confirm).toHaveBeenCalledOnce();
});

it('makes initials of any name', () => {
  expect(['Database on-call', 'ops@larkfield.example', 'Ann'].map(initials)).toEqual([
    'DO',
    'OE',
    'A',
  ]);
});

it('gives axe nothing to object to', async () => {
  const now = Date.parse('2026-11-21T10:00:00Z');
  const { container } = draw(
    <main>
      <BarStrip label="Git, last 3 days" days={days} />
      <SegmentStrip
        label="Last 2 h"
        segments={[{ start: '2026-11-21T07:00:00Z', end: null, status: 'degraded' }]}
        from={now - 7_200_000}
        to={now}
      />
      <List onOpen={() => {}} />
      <TextField label="Reason" error="expected some text" />
      <PasswordField label="Password" note="8 characters" />
    </main>,
  );
  expect(await complaints(container)).toEqual([]);
});
