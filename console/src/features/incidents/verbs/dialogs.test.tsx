import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { Toasts } from '@/components/Toasts';
import { draw, problem, serve } from '@/lib/testing/harness';
import { member } from '@/lib/testing/samples';
import { sampleDetail } from '../samples';
import { EditDialog } from './EditDialog';
import { EndDialog } from './EndDialog';

const answers = {
  'GET /auth/me': member,
  'GET /services': { items: [], counts: {} },
  'GET /incidents/INC0000001/audience': { pages: ['main'], mail: 2, webhooks: 0, chat: 1 },
};

/** The first request of this method is refused, the next ones reach the prepared answers. */
function refuseOnce(method: string, refusal: Response) {
  const prepared = globalThis.fetch;
  const refusals = [refusal];
  vi.stubGlobal('fetch', async (request: Request) => {
    const refused = request.method === method ? refusals.pop() : undefined;
    return refused ?? prepared(request);
  });
}

it('resolves with the prepared words, and says who reads them', async () => {
  const incident = sampleDetail({
    public: true,
    phase: 'monitoring',
    prepared_resolution: { public_message: 'It works again.', resolution_note: 'By itself.' },
  });
  const resolved = { ...incident, status: 'resolved', version: 2 };
  const sent = serve({ ...answers, 'POST /incidents/INC0000001/resolve': resolved });
  const onClose = vi.fn();
  draw(
    <>
      <EndDialog verb="resolve" incident={incident} opened onClose={onClose} />
      <Toasts />
    </>,
  );
  expect(
    await screen.findByText(/page main, 2 subscribers by mail and 1 chat channel/),
  ).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: /Resolve and tell 3/ }));
  await screen.findByText('INC0000001 resolved');
  expect(onClose).toHaveBeenCalled();
  expect(sent.find(({ call }) => call.startsWith('POST'))?.body).toEqual({
    resolution_note: 'By itself.',
    public_message: 'It works again.',
  });
});

it('asks for nothing public where nobody outside knows of it', async () => {
  const sent = serve({
    ...answers,
    'POST /incidents/INC0000001/cancel': problem(422, 'Invalid', [
      { field: 'reason', message: 'Say why it is cancelled.' },
    ]),
  });
  draw(<EndDialog verb="cancel" incident={sampleDetail()} opened onClose={() => {}} />);
  expect(screen.queryByLabelText('What the public reads')).not.toBeInTheDocument();
  await userEvent.click(await screen.findByRole('button', { name: /Cancel incident/ }));
  expect(await screen.findByText('Say why it is cancelled.')).toBeInTheDocument();
  expect(sent.at(-1)?.body).toEqual({ reason: '' });
});

it('says that somebody was faster, shows what they changed, and goes on from there', async () => {
  const before = sampleDetail({ version: 3 });
  const now = {
    ...before,
    severity: 'high',
    version: 4,
    updated_at: '2026-11-21T09:16:00Z',
  };
  const sent = serve({
    ...answers,
    'GET /incidents/INC0000001': now,
    'PATCH /incidents/INC0000001': now,
  });
  refuseOnce('PATCH', problem(412, 'Somebody changed this meanwhile.'));
  draw(<EditDialog incident={before} opened onClose={() => {}} />);
  const title = await screen.findByRole('textbox', { name: 'Title' });
  await userEvent.clear(title);
  await userEvent.type(title, 'Cards fail');
  await userEvent.click(screen.getByRole('button', { name: /Save/ }));
  await userEvent.click(await screen.findByRole('button', { name: 'See what changed' }));
  expect(screen.getByText('medium')).toBeInTheDocument();
  expect(screen.getByText('high')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Save mine anyway' }));
  await waitFor(() =>
    expect(sent.find(({ call }) => call.startsWith('PATCH'))?.body).toEqual({
      title: 'Cards fail',
    }),
  );
});
