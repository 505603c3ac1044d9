import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type OpeningRule, type OpeningTiers, roots } from '@/lib/api';

/** Which confirmed trouble opens an incident by itself. */
export const openingRuleQuery = queryOptions({
  queryKey: [roots.settings, 'opening-rule'],
  queryFn: ({ signal }) => answer(api.GET('/settings/opening-rule', { signal })),
});

export function useSaveOpeningRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ tiers, version }: { tiers: OpeningTiers; version: number }) =>
      answer(
        api.PUT('/settings/opening-rule', {
          body: { tiers },
          params: { header: { 'If-Match': `"${version}"` } },
        }),
      ),
    onSuccess: (rule: OpeningRule) => client.setQueryData(openingRuleQuery.queryKey, rule),
  });
}
