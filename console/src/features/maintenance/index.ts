export { NextMaintenance } from './NextMaintenance';
export { PlanDialog } from './PlanDialog';
export { WindowDrawer } from './WindowDrawer';
export { WindowList } from './WindowList';
