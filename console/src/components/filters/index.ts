export { FilterBar } from './FilterBar';
export { FilterChip, type FilterChoice } from './FilterChip';
export { SearchField } from './SearchField';
export { type View, ViewTabs } from './ViewTabs';
