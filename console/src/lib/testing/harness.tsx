import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import axe from 'axe-core';
import type { ReactElement } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { vi } from 'vitest';
import { theme } from '../theme';

/** What the server answers: "GET /services" or "POST /services/git/status" to a body, or to a function of the sent one. */
export type Answers = Record<string, unknown>;

/** Stands in for the server; unprepared requests get a 404 problem. Returns what was sent, in order. */
export function serve(answers: Answers) {
  const sent: { call: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname } = new URL(request.url);
    const call = `${request.method} ${pathname.replace('/api/v1', '')}`;
    const text = await request.text();
    const body: unknown = text ? JSON.parse(text) : undefined;
    sent.push({ call, body });
    const prepared = answers[call];
    if (prepared === undefined) return problem(404, 'Not prepared in this test.');
    const found: unknown = typeof prepared === 'function' ? prepared(body) : prepared;
    return found instanceof Response ? found.clone() : Response.json(found);
  });
  return sent;
}

/** A refusal as the server words it. */
export function problem(
  status: number,
  title: string,
  errors?: { field: string; message: string }[],
) {
  return new Response(JSON.stringify({ title, status, code: 'test', errors }), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  });
}

/** Draws `ui` at `path` with everything a screen stands in; answers are not tried twice. */
export function draw(ui: ReactElement, path = '/') {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createMemoryRouter([{ path: '*', element: ui }], { initialEntries: [path] });
  const drawn = render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { ...drawn, router, client };
}

/** Rules that need a layout are left to the browser tests. */
const needLayout = { 'color-contrast': { enabled: false }, region: { enabled: false } };

/** What axe objects to, as readable lines; an empty list is good. */
export async function complaints(element: Element): Promise<string[]> {
  const { violations } = await axe.run(element, { rules: needLayout });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help} (${html.slice(0, 120)})`),
  );
}
