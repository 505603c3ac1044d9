export { Field, type FieldWords } from './Field';
export {
  CheckField,
  type Choice,
  PasswordField,
  SelectField,
  TextAreaField,
  TextField,
} from './fields';
