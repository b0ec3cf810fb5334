import {
  allow,
  belongsTo,
  boolean,
  check,
  choice,
  date,
  file,
  forbid,
  now,
  read,
  resource,
  text,
  timestamp,
} from "gantry";

export default resource("Document", {
  describe: "A paper in someone's file: a contract, a certificate, a payslip.",
  attributes: {
    kind: choice(["contract", "certificate", "payslip", "permit", "warning", "other"], { required: true }),
    title: text({ required: true, maxLength: 200 }),
    content: file({ maxSize: 20000000, mediaTypes: ["application/pdf", "image/*"] }),
    validUntil: date({ describe: "Of permits and certificates." }),
    confidential: boolean({ required: true, default: false, describe: "For HR only." }),
    filedAt: timestamp({ required: true, default: now(), writeOnce: true }),
  },
  relationships: {
    employee: belongsTo("Employee", { required: true }),
  },
  validations: [
    check("validUntil != null", {
      message: "A permit ends on some day.",
      field: "validUntil",
      when: "kind == 'permit'",
    }),
  ],
  indexes: [["-filedAt"]],
  actions: {
    read: {},
    create: {},
    update: {},
    destroy: {},
    expiring: read({
      where: "validUntil <= addDays(today(), 60)",
      describe: "What ends within 60 days, or has ended.",
    }),
  },
  policies: [
    allow("*", "'hr' in actor.roles"),
    allow("read", "employee == actor.id && !confidential"),
    allow("read", "'payroll' in actor.roles && kind == 'payslip'"),
    forbid("destroy", "kind == 'contract'", { describe: "Contracts are kept." }),
  ],
  softDelete: true,
  history: true,
  order: ["-filedAt"],
});
