export { BudgetPanel } from './BudgetPanel';
export { ObjectiveScreen } from './ObjectiveScreen';
export { sloQuery } from './queries';
export { TargetVerb } from './SetTarget';
export { UptimePanel } from './UptimePanel';
