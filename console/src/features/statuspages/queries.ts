import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { answer, api, type PageComponent, roots, type StatusPage } from '@/lib/api';
import type { Placed } from './ordering';

/** All status pages of the tenant, the default one first. */
export const pagesQuery = queryOptions({
  queryKey: [roots.statusPages, 'list'],
  queryFn: ({ signal }) => answer(api.GET('/status-pages', { signal })),
});

/** One status page with what stands on it. */
export function pageQuery(slug: string) {
  return queryOptions({
    queryKey: [roots.statusPages, 'one', slug],
    queryFn: ({ signal }) =>
      answer(api.GET('/status-pages/{slug}', { signal, params: { path: { slug } } })),
  });
}

/** Who follows a page. */
export function subscribersQuery(slug: string) {
  return infiniteQueryOptions({
    queryKey: [roots.statusPages, 'subscribers', slug],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/status-pages/{slug}/subscribers', {
          signal,
          params: {
            path: { slug },
            query: { limit: 200, ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
}

function useReadAgain() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [roots.statusPages] });
}

/** The fields of a page that people choose. */
export interface PageFields {
  name: string;
  time_zone: string;
  language: string;
  help_url: string | null;
}

export function useCreatePage() {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: (body: PageFields & { slug: string }) =>
      answer(api.POST('/status-pages', { body })),
    onSuccess: () => void readAgain(),
  });
}

/** Changes a page that was looked at in its version. */
export function useEditPage({ slug, version }: Pick<StatusPage, 'slug' | 'version'>) {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: (body: Partial<PageFields>) =>
      answer(
        api.PATCH('/status-pages/{slug}', {
          params: { path: { slug }, header: { 'If-Match': `"${version}"` } },
          body,
        }),
      ),
    onSuccess: () => void readAgain(),
  });
}

/** What to put on a page. */
export interface Adding {
  services: readonly string[];
  group: string | null;
  follows: PageComponent['follows'];
}

/** Puts services on a page, one after the other, in the order in which they were chosen. */
export function useAddComponents(slug: string) {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: async ({ services, group, follows }: Adding) => {
      for (const service_id of services) {
        await answer(
          api.POST('/status-pages/{slug}/components', {
            params: { path: { slug } },
            body: { service_id, group, follows },
          }),
        );
      }
    },
    onSettled: () => void readAgain(),
  });
}

export function useEditComponent(slug: string) {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: ({
      id,
      ...body
    }: {
      id: string;
      name?: string | null;
      group?: string | null;
      follows?: PageComponent['follows'];
    }) =>
      answer(
        api.PATCH('/status-pages/{slug}/components/{component_id}', {
          params: { path: { slug, component_id: id } },
          body,
        }),
      ),
    onSuccess: () => void readAgain(),
  });
}

/** Writes new places; the page shows them at once and is read again when all are written. */
export function usePlace(slug: string) {
  const client = useQueryClient();
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: async (places: readonly Placed[]) => {
      for (const { id, position } of places) {
        await answer(
          api.PATCH('/status-pages/{slug}/components/{component_id}', {
            params: { path: { slug, component_id: id } },
            body: { position },
          }),
        );
      }
    },
    onMutate: (places) => {
      client.setQueryData(pageQuery(slug).queryKey, (page) => page && withPlaces(page, places));
    },
    onSettled: () => void readAgain(),
  });
}

function withPlaces(page: StatusPage, places: readonly Placed[]): StatusPage {
  const to = new Map(places.map(({ id, position }) => [id, position]));
  const components = page.components
    .map((one) => ({ ...one, position: to.get(one.id) ?? one.position }))
    .toSorted((a, b) => a.position - b.position);
  return { ...page, components };
}

export function useRemoveComponent(slug: string) {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: async (id: string) => {
      await api.DELETE('/status-pages/{slug}/components/{component_id}', {
        params: { path: { slug, component_id: id } },
      });
    },
    onSuccess: () => void readAgain(),
  });
}

export function useRemoveSubscriber(slug: string) {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: async (id: string) => {
      await api.DELETE('/status-pages/{slug}/subscribers/{subscriber_id}', {
        params: { path: { slug, subscriber_id: id } },
      });
    },
    onSuccess: () => void readAgain(),
  });
}
