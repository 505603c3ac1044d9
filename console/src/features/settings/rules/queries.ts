import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  answer,
  api,
  type OpeningRule,
  type OpeningTiers,
  roots,
  type SeverityRule,
} from '@/lib/api';

/** Which confirmed trouble opens an incident by itself. */
export const openingRuleQuery = queryOptions({
  queryKey: [roots.settings, 'opening-rule'],
  queryFn: ({ signal }) => answer(api.GET('/settings/opening-rule', { signal })),
});

interface Wanted {
  tiers: OpeningTiers;
  rules: readonly SeverityRule[];
  version: number;
}

export function useSaveOpeningRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ tiers, rules, version }: Wanted) =>
      answer(
        api.PUT('/settings/opening-rule', {
          body: { tiers, rules: [...rules] },
          params: { header: { 'If-Match': `"${version}"` } },
        }),
      ),
    onSuccess: (rule: OpeningRule) => client.setQueryData(openingRuleQuery.queryKey, rule),
  });
}
