import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { Toasts } from '@/components/Toasts';
import type { CatalogueEntry, Category, Discovery } from '@/lib/api';
import { complaints, draw, problem, serve } from '@/lib/testing/harness';
import { service } from '@/lib/testing/samples';
import { AddService } from '.';
import { bestOf, grouped, shelves } from './finding';

function entry(name: string, category: Category, more: Partial<CatalogueEntry> = {}) {
  const id = name.toLowerCase().replaceAll(' ', '-');
  const url = `https://status.${id}.example`;
  const source = { kind: 'statuspage', url };
  const body = { id, name, category, source };
  return { id, name, category, kind: 'statuspage', url, added: false, service: body, ...more };
}

const items = [
  entry('Gitfold', 'engineering', { added: true }),
  entry('Mailgrove', 'marketing'),
  entry('Gitfold Pages', 'engineering'),
];

const part = (id: string, name: string, group: string | null = null) => ({
  id,
  name,
  group,
  status: 'operational' as const,
});

const found: Discovery = {
  kind: 'statuspage',
  url: 'https://status.quillmark.example',
  name: 'Quillmark Docs',
  source: { kind: 'statuspage', url: 'https://status.quillmark.example' },
  components: [part('c1', 'Editor', 'Writing'), part('c2', 'Search', 'Writing'), part('c3', 'API')],
  status: 'degraded',
  maintenance: false,
  detail: 'Search is slow.',
  suggestions: [],
  note: null,
  tried: [],
};

const field = () => screen.getByLabelText('Name of a service or address of a status page');

it('adds a well-known service with Enter, and takes it back with undo', async () => {
  const user = userEvent.setup();
  const added = vi.fn();
  const sent = serve({
    'GET /catalogue': { items },
    'POST /services': service('Mailgrove'),
    'DELETE /services/mailgrove': {},
  });
  draw(
    <>
      <AddService onAdded={added} />
      <Toasts />
    </>,
  );
  expect(await screen.findByRole('button', { name: /^Add\s*Mailgrove/ })).toBeInTheDocument();
  await user.type(field(), 'mailg{Enter}');
  await waitFor(() => expect(added).toHaveBeenCalledOnce());
  expect(sent.find(({ call }) => call === 'POST /services')?.body).toEqual(items[1]?.service);
  await user.click(screen.getByRole('button', { name: /Undo/ }));
  await waitFor(() => expect(sent.some(({ call }) => call.startsWith('DELETE'))).toBe(true));
});

it('shows what is watched already and does not add it twice', async () => {
  const user = userEvent.setup();
  const sent = serve({ 'GET /catalogue': { items } });
  draw(<AddService onAdded={() => {}} />);
  await user.click(await screen.findByRole('button', { name: /^Gitfold.*Added$/ }));
  expect(sent.some(({ call }) => call.startsWith('POST'))).toBe(false);
  await user.type(field(), 'nobody');
  expect(screen.getByText('The list knows no “nobody”.')).toBeInTheDocument();
});

it('asks a pasted address, and watches the parts that are ticked', async () => {
  const user = userEvent.setup();
  const added = vi.fn();
  const sent = serve({
    'GET /catalogue': { items },
    'POST /sources/discover': found,
    'POST /services': service('Quillmark Docs'),
  });
  draw(<AddService onAdded={added} />);
  await user.click(field());
  await user.paste('status.quillmark.example');
  expect(await screen.findByText('Statuspage, 3 components')).toBeInTheDocument();
  expect(screen.getByText('Search is slow.')).toBeInTheDocument();
  expect(screen.getByText('none ticked: all of them')).toBeInTheDocument();
  await user.click(screen.getByRole('checkbox', { name: 'Writing' }));
  expect(screen.getByText('2 of 3 parts')).toBeInTheDocument();
  await user.click(screen.getByRole('checkbox', { name: /Search/ }));
  await user.click(screen.getByRole('button', { name: 'Watch it' }));
  await waitFor(() => expect(added).toHaveBeenCalledWith(expect.anything(), true));
  expect(sent.filter(({ call }) => call.startsWith('POST')).map(({ body }) => body)).toEqual([
    { url: 'status.quillmark.example' },
    {
      id: 'quillmark-docs',
      name: 'Quillmark Docs',
      category: 'engineering',
      tier: 2,
      visibility: 'public',
      source: { ...found.source, components: ['c1'] },
    },
  ]);
});

it('says when an address was asked without encryption', async () => {
  const user = userEvent.setup();
  const note = 'status.quillmark.example was asked by http, because https did not answer.';
  serve({ 'GET /catalogue': { items }, 'POST /sources/discover': { ...found, note } });
  draw(<AddService onAdded={() => {}} />);
  await user.click(field());
  await user.paste('status.quillmark.example');
  expect(await screen.findByText(note)).toBeInTheDocument();
});

it('offers to watch a website that shows no status data, and says what was tried', async () => {
  const user = userEvent.setup();
  const itself = { kind: 'http', url: 'https://shop.example' };
  const sent = serve({
    'GET /catalogue': { items },
    'POST /sources/discover': {
      ...found,
      kind: null,
      url: 'https://shop.example',
      source: null,
      components: [],
      detail: 'This is a website.',
      suggestions: [{ ...itself, name: 'Shop', reason: 'Watch the website.', source: itself }],
      tried: [{ kind: 'statuspage', url: 'https://shop.example', failure: 'No such page.' }],
    },
    'POST /services': service('Shop'),
  });
  draw(<AddService onAdded={() => {}} />);
  await user.type(field(), 'shop.example{Enter}');
  expect(await screen.findByText('shop.example shows no status data.')).toBeInTheDocument();
  expect(screen.getByText(/No such page/)).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Watch it' })).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Watch the website' }));
  await user.click(screen.getByRole('button', { name: 'Watch it' }));
  await waitFor(() => expect(sent.at(-1)?.call).not.toBe('POST /sources/discover'));
  expect(sent.find(({ call }) => call === 'POST /services')?.body).toMatchObject({
    id: 'shop',
    source: itself,
  });
});

it('says why nothing was found, and lets one check the address all the same', async () => {
  const user = userEvent.setup();
  serve({
    'GET /catalogue': { items },
    'POST /sources/discover': problem(422, 'No such host: status.nowhere.example.'),
  });
  const { container } = draw(
    <main>
      <AddService onAdded={() => {}} />
    </main>,
  );
  await user.type(field(), 'status.nowhere.example');
  await user.click(screen.getByRole('button', { name: 'Look it up' }));
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('Nothing found at status.nowhere.example.');
  expect(alert).toHaveTextContent('No such host');
  await user.click(within(alert).getByRole('button', { name: 'Check whether it answers' }));
  expect(screen.getByLabelText('Name')).toHaveValue('Nowhere');
  expect(await complaints(container)).toEqual([]);
});

it('says that a name is taken at the name', async () => {
  const user = userEvent.setup();
  serve({
    'GET /catalogue': { items },
    'POST /sources/discover': found,
    'POST /services': problem(409, 'The service quillmark-docs exists already.'),
  });
  const { container } = draw(
    <main>
      <AddService onAdded={() => {}} />
    </main>,
  );
  await user.type(field(), 'status.quillmark.example{Enter}');
  await user.click(await screen.findByRole('button', { name: 'Watch it' }));
  await waitFor(() =>
    expect(screen.getByLabelText('Name')).toHaveAccessibleDescription(/exists already/),
  );
  expect(await complaints(container)).toEqual([]);
});

it('puts the best match where Enter takes it', () => {
  expect(bestOf(items, 'gitfold')?.name).toBe('Gitfold');
  expect(bestOf(items, 'mail')?.name).toBe('Mailgrove');
  expect(bestOf(items, '')).toBeUndefined();
  expect(shelves(items, items[1]).map(({ category }) => category)).toEqual([
    'marketing',
    'engineering',
  ]);
});

it('keeps components below their groups, the loose ones first', () => {
  const names = (sought: string) =>
    grouped(found.components, sought).map(({ name, components }) => [name, components.length]);
  expect(names('')).toEqual([
    [null, 1],
    ['Writing', 2],
  ]);
  expect(names('sear')).toEqual([['Writing', 1]]);
});
