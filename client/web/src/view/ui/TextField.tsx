// A labelled line or block of text, with its description and error tied to it.
import type { JSX, ReactNode, Ref } from 'react';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
} from 'react-aria-components';
import './field.css';

export interface TextFieldProps
  extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> {
  readonly label: string;
  /** Keep the label for assistive technology only. */
  readonly labelHidden?: boolean;
  readonly description?: ReactNode;
  readonly error?: string | undefined;
  readonly placeholder?: string;
  /** A block of this many lines instead of one line. */
  readonly lines?: number;
  readonly optional?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

export function TextField({
  label,
  labelHidden = false,
  description,
  error,
  placeholder,
  lines,
  optional = false,
  inputRef,
  ...rest
}: TextFieldProps): JSX.Element {
  const hint = placeholder === undefined ? {} : { placeholder };
  return (
    // An error is said, never enforced: the browser would hold back the form with the better answer.
    <AriaTextField
      validationBehavior="aria"
      {...rest}
      isInvalid={error !== undefined}
      className="c-field"
    >
      <Label className={labelHidden ? 'visually-hidden' : 'c-field__label'}>
        {label}
        {optional ? <span className="c-field__optional"> optional</span> : null}
      </Label>
      {lines === undefined ? (
        <Input className="c-input" {...hint} {...(inputRef ? { ref: inputRef } : {})} />
      ) : (
        <TextArea className="c-input c-input--lines" rows={lines} {...hint} />
      )}
      {description === undefined ? null : (
        <Text slot="description" className="c-field__description">
          {description}
        </Text>
      )}
      <FieldError className="c-field__error">{error}</FieldError>
    </AriaTextField>
  );
}
