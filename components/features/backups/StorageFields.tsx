import { type ApiError, fieldMessage } from "#components/trpc/apiError.ts";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";

export interface StorageValues {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** As the server takes it: an empty secret keeps the one that is set. */
export function storageOf({ secretAccessKey, ...values }: StorageValues) {
  return { ...values, secretAccessKey: secretAccessKey === "" ? null : secretAccessKey };
}

interface StorageFieldsProps {
  values: StorageValues;
  onChange: (values: StorageValues) => void;
  error: ApiError | null;
  hasSecret: boolean;
}

export function StorageFields({ values, onChange, error, hasSecret }: StorageFieldsProps) {
  const input = (name: keyof StorageValues) => ({
    value: values[name],
    onChange: (event: { target: { value: string } }) => onChange({ ...values, [name]: event.target.value }),
    spellCheck: false,
    autoComplete: "off",
  });
  const of = (name: keyof StorageValues) => fieldMessage(error, `storage.${name}`) ?? fieldMessage(error, name);
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label="Address" error={of("endpoint")} className="sm:col-span-2">
        <Input required placeholder="https://s3.eu-central-1.amazonaws.com" {...input("endpoint")} />
      </Field>
      <Field label="Bucket" error={of("bucket")}>
        <Input required placeholder="acme-backups" {...input("bucket")} />
      </Field>
      <Field label="Region" error={of("region")}>
        <Input required placeholder="eu-central-1" {...input("region")} />
      </Field>
      <Field label="Access key" error={of("accessKeyId")}>
        <Input required {...input("accessKeyId")} />
      </Field>
      <Field
        label="Secret key"
        error={of("secretAccessKey")}
        hint={hasSecret ? "Leave it empty to keep the one that is set." : undefined}
      >
        <Input type="password" required={!hasSecret} {...input("secretAccessKey")} autoComplete="new-password" />
      </Field>
    </div>
  );
}
