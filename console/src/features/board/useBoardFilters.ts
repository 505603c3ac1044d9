import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { type BoardFilters, filtersFrom, noFilters, withFilters } from './filters';

/** The filters that the address holds, and how to change them: typing leaves no trail of pages. */
export function useBoardFilters() {
  const [search, setSearch] = useSearchParams();
  const filters = useMemo(() => filtersFrom(search), [search]);
  return {
    filters,
    change: (change: Partial<BoardFilters>) =>
      setSearch((before) => withFilters(before, { ...filtersFrom(before), ...change }), {
        replace: true,
      }),
    clear: () => setSearch((before) => withFilters(before, noFilters), { replace: true }),
  };
}
