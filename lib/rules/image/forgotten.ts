import { say } from "../message";
import type { Rule } from "../rule";
import { IMAGE, MEMBER, SERVER, VOLUME } from "../subject";

export const FORGOTTEN: Rule = {
  id: "OSI-IMG-023",
  name: "Forgotten",
  level: "warn",
  why: "What Terraform forgets stays in the cloud, and costs, and no plan shows it any more. Terraform counts it nowhere: 0 to add, 0 to change, 0 to destroy.",
  example: "A `removed` block with `destroy = false`.",
  fix: "write down who looks after it from now on, or let Terraform destroy it",
  types: [IMAGE, MEMBER, SERVER, VOLUME],
  of: "change",
  check({ action, type, after }) {
    if (action !== "forget") return [];
    const what = type === MEMBER ? say`the project keeps its access` : say`it stays in the cloud`;
    return [
      {
        message: after
          ? say`another one is made, and Terraform forgets the old one: ${what}`
          : say`Terraform forgets it: ${what}, and no plan shows it any more`,
      },
    ];
  },
};
