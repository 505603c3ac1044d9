export { Field, type FieldWords } from './Field';
export {
  CheckField,
  type Choice,
  PasswordField,
  Select,
  SelectField,
  TextAreaField,
  TextField,
} from './fields';
