export { MonitorPanel } from './MonitorPanel';
export { MonitorScreen } from './MonitorScreen';
export { monitorQuery } from './queries';
