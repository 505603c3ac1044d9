import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api, type Category, roots } from '@/lib/api';

const size = 100;

export interface Asked {
  service: string | null;
  category: Category | null;
}

/** Changes of status, newest first, page by page; live hints read them again. */
export function changesQuery({ service, category }: Asked) {
  return infiniteQueryOptions({
    queryKey: [roots.timeline, 'pages', service, category],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/timeline', {
          signal,
          params: {
            query: {
              limit: size,
              ...(service && { service }),
              ...(category && { category }),
              ...(pageParam && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
}
