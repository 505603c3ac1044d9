import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { answer, api, roots } from '@/lib/api';
import { type Filters, questionOf } from './filters';

const most = 200;

/** Deliveries that pass the filters, the newest first, two hundred at a time. */
export function deliveriesQuery(filters: Filters) {
  const question = questionOf(filters);
  return infiniteQueryOptions({
    queryKey: [roots.deliveries, 'list', question],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/deliveries', {
          signal,
          params: { query: { ...question, limit: most, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    placeholderData: (before) => before,
  });
}

/** One delivery with what was said and each attempt. */
export function deliveryQuery(id: string) {
  return queryOptions({
    queryKey: [roots.deliveries, 'one', id],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/deliveries/{delivery_id}', { signal, params: { path: { delivery_id: id } } }),
      ),
  });
}

/** Gives a failed delivery a fresh round of tries. */
export function useSendAgain() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(
        api.POST('/deliveries/{delivery_id}/send-again', { params: { path: { delivery_id: id } } }),
      ),
    onSuccess: async (delivery) => {
      client.setQueryData(deliveryQuery(delivery.id).queryKey, delivery);
      await client.invalidateQueries({ queryKey: [roots.deliveries] });
    },
  });
}
