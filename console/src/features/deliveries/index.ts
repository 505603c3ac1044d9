export { DeliveryDrawer } from './DeliveryDrawer';
export { DeliveryList } from './DeliveryList';
