"""What the trail tells of: each action with its name and its sentences."""

from collections.abc import Mapping
from dataclasses import dataclass

from questionnaires.problems import N_


@dataclass(frozen=True)
class Deed:
    """An action: its name to choose it by, and what is said of one, the fullest sentence first.

    Of the sentences the first is taken that a record has all ``{values}`` for; ``{object}`` always is there.
    """

    name: str
    sentences: tuple[str, ...]


DEEDS: Mapping[str, Deed] = {
    "administration:register": Deed(
        N_("Administration registered"), (N_("Registered the administration {object}."),)
    ),
    "round:open": Deed(N_("Round opened"), (N_("Opened round {object}."),)),
    "round:widen": Deed(
        N_("Whole questionnaire asked"), (N_("Went on with the whole questionnaire in round {object}."),)
    ),
    "round:carry": Deed(
        N_("Earlier round carried over"),
        (N_("Carried the answers of round {source} over to round {object}."),),
    ),
    "round:sign": Deed(N_("Round signed off"), (N_("Signed revision {revision} of round {object}."),)),
    "round:reopen": Deed(
        N_("Round reopened"), (N_("Reopened round {object}, which goes on as revision {revision}."),)
    ),
    "answer:save": Deed(N_("Answer changed"), (N_("Changed answers in round {object}."),)),
    "answer:import": Deed(N_("Answers imported"), (N_("Imported answers into round {object}."),)),
    "answer:carry": Deed(N_("Notes carried over"), (N_("Carried notes over to round {object}."),)),
    "answer:meet": Deed(
        N_("Two changes met"),
        (N_("Changed {practice} in round {object} while somebody else did; both are kept."),),
    ),
    "answer:settle": Deed(
        N_("Two changes settled"), (N_("Decided between two changes of one answer in round {object}."),)
    ),
    "profile:export": Deed(
        N_("Profile downloaded"), (N_("Downloaded the profile of round {object} as a workbook."),)
    ),
    "receipt:export": Deed(
        N_("Receipt downloaded"),
        (N_("Downloaded the receipt of what was carried over to round {object}."),),
    ),
    "plan:open": Deed(N_("Plan opened"), (N_("Opened plan {object}."),)),
    "plan:write": Deed(N_("Plan changed"), (N_("Changed what is planned in plan {object}."),)),
    "plan:update": Deed(N_("Plan updated"), (N_("Entered what happened in plan {object}."),)),
    "plan:approve": Deed(N_("Plan approved"), (N_("Approved version {version} of plan {object}."),)),
    "plan:revise": Deed(N_("Plan revised"), (N_("Began version {version} of plan {object} with a reason."),)),
    "plan:close": Deed(N_("Plan closed"), (N_("Closed plan {object}."),)),
    "plan:reopen": Deed(N_("Plan opened again"), (N_("Opened the closed plan {object} again."),)),
    "plan:export": Deed(N_("Plan downloaded"), (N_("Downloaded plan {object} as a workbook."),)),
    "disclosure:decide": Deed(
        N_("Sharing decided"),
        (
            N_("Decided who else may see revision {revision} of round {object}."),
            N_("Decided who else may see round {object}."),
        ),
    ),
    "disclosure:withdraw": Deed(
        N_("Sharing withdrawn"), (N_("Took back what was shared of round {object}."),)
    ),
    "disclosure:read": Deed(
        N_("Shared round read"), (N_("Read what another administration shared of round {object}."),)
    ),
    "disclosure:export": Deed(
        N_("Shared round downloaded"),
        (N_("Downloaded what another administration shared of round {object}."),),
    ),
    "account:add": Deed(N_("Account added"), (N_("Added the account {object}."),)),
    "account:change": Deed(N_("Account changed"), (N_("Changed the account {object}; its sessions ended."),)),
    "account:disable": Deed(
        N_("Account disabled"), (N_("Disabled the account {object}; its sessions ended."),)
    ),
    "account:enable": Deed(N_("Account enabled"), (N_("Enabled the account {object} again."),)),
    "invitation:make": Deed(N_("Invited"), (N_("Made an invitation for {object}; earlier ones ended."),)),
    "invitation:accept": Deed(N_("Invitation taken up"), (N_("Took up the invitation."),)),
    "password:change": Deed(N_("Password changed"), (N_("Changed the own password; other sessions ended."),)),
    "session:open": Deed(N_("Signed in"), (N_("Signed in."),)),
    "session:prove": Deed(N_("Second step shown"), (N_("Showed the second step of signing in."),)),
    "session:end": Deed(N_("Signed out"), (N_("Signed out."),)),
    "session:end_all": Deed(N_("Signed out everywhere"), (N_("Signed out everywhere."),)),
    "second_step:begin": Deed(N_("Second step begun"), (N_("Began to set up a second step."),)),
    "second_step:confirm": Deed(N_("Second step set up"), (N_("Set up a second step for signing in."),)),
    "second_step:remove": Deed(N_("Second step removed"), (N_("Removed the second step."),)),
    "database:backup": Deed(N_("Backup made"), (N_("Made a backup of the database."),)),
    "database:restore": Deed(
        N_("Backup put back"), (N_("Put back a backup; all sessions and open invitations ended."),)
    ),
}
