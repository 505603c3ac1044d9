export { IncidentList } from './list/IncidentList';
export { NewIncident } from './opening/NewIncident';
