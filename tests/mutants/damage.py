"""What was promised about damaged disks, copied ones, and machines gone wild."""

from tests.mutants.mutant import Mutant

S, W, R, K, G, L, H = (f"tests/sync/test_{part}.py::" for part in (
    "salvage", "watch", "readiness", "owed", "growth", "stalls", "hub_keys"))
F = "tests/faults/test_starved.py::"
N = "tests/sync/test_damaged_notes.py::"
TAKING = (
    "    catalogue = site.catalogue()\n"
    "    checked = checked_answers(item, given, catalogue, site.today())\n"
    "    attached = attach(item, photos, site.chance)\n"
    "    draft = _Draft.make(site, item, checked.answers, attached, channel=channel, helper=helper, paper=paper)\n"
)

MUTANTS = [
    Mutant("damage is not looked for at the start", "sync/command/site_start.py",
           "    if under_way(folder) or damaged(folder):", "    if under_way(folder):",
           S + "test_a_bit_in_the_wal_is_found_before_sqlite_drops_all_behind_it"),
    Mutant("salvage takes an envelope that does not bear its name", "edge/desk/salvage.py",
           "        if true is None:\n            faulty.add(page)\n            continue\n",
           "        true = true or stored.envelope\n",
           S + "test_an_envelope_that_does_not_bear_its_name_is_not_taken_along"),
    Mutant("a salvage that was cut off is not done again", "sync/command/site_start.py",
           "    if under_way(folder) or damaged(folder):", "    if damaged(folder):",
           S + "test_a_salvage_that_was_cut_off_is_done_again_from_the_same_file"),
    Mutant("a key file is not compared with what it belongs to", "edge/ground/keys.py",
           "    if fits(seed):\n        return seed\n", "    return seed\n",
           S + "test_a_bit_in_the_key_file_is_put_right"),
    Mutant("the hub's keys are not compared at the start", "sync/hub/own_keys.py",
           "        seed = load_fitting(path, fits)\n", "        seed = before\n",
           H + "test_a_key_file_beyond_repair_is_told_by_name_and_nothing_is_opened"),
    Mutant("a damaged key is sealed into the backups", "sync/hub/backup.py",
           "        load_keys(hub.folder, hub.store.read(), hub.chance)\n", "        pass\n",
           H + "test_a_damaged_key_is_never_sealed_into_a_backup"),
    Mutant("a damaged key that lies there is not told of at a restore", "sync/hub/key_bundle.py",
           "    if damaged:\n", "    if False:\n",
           H + "test_the_cure_of_a_damaged_key_loses_nothing_that_came_since_the_backup"),
    Mutant("a hub whose key is gone makes a new one", "sync/hub/own_keys.py",
           "    if known is None:\n", "    if known is None or not (folder / 'keys' / ROOT).exists():\n",
           H + "test_a_hub_whose_key_is_gone_makes_no_new_one"),
    Mutant("the mark of the last start is not compared", "edge/desk/start_up.py",
           "    return mark, beside is None or beside < kept,", "    return mark, False,",
           W + "test_a_mark_that_is_missing_stops_forms_until_it_is_found_again"),
    Mutant("a database older than its mark goes on with its lane", "edge/desk/start_up.py",
           "beside is not None and beside > kept + 1", "False",
           W + "test_a_mark_beside_an_older_database_begins_a_lane_of_its_own"),
    Mutant("what the hub remembers of the starts is not heard", "edge/desk/start_up.py",
           "    site.health.forgets = site.health.forgets or forgets\n", "",
           W + "test_a_disk_that_forgets_at_each_start_is_told_so_by_the_hub"),
    Mutant("the machine's fingerprint is not compared", "edge/desk/start_up.py",
           "other = before is not None and differs(before.facts, now)", "other = False",
           W + "test_a_copied_disk_in_another_machine_begins_its_own_lane_and_both_deliver"),
    Mutant("no cap on new incarnations", "sync/hub/caps.py",
           "share.incarnations + lanes_more <= MOST_INCARNATIONS and ", "",
           W + "test_a_machine_that_begins_anew_without_end_is_put_off_and_loses_nothing"),
    Mutant("no cap on stored bytes", "sync/hub/caps.py",
           " and share.bytes < MOST_BYTES", "",
           W + "test_a_machine_that_brings_too_much_is_put_off_to_the_next_day"),
    Mutant("readiness is asked after the commit", "edge/desk/lodge.py",
           f"    site.require()\n{TAKING}    return draft.commit(site, idempotency_key, content, catalogue)\n",
           f"{TAKING}    done = draft.commit(site, idempotency_key, content, catalogue)\n    site.require()\n"
           "    return done\n",
           R + "test_a_full_disk_refuses_before_acceptance_and_heals_by_itself"),
    Mutant("what is owed is deleted", "edge/work/housekeeping.py",
           "min(up_to, _nothing_owed_up_to(db))", "up_to",
           K + "test_an_envelope_whose_content_is_owed_is_not_deleted"),
    Mutant("an exchange that was cut off leaves something behind", "sync/agent/round.py",
           "            push.lost(self.site, session.message)\n",
           "            push.lost(self.site, session.message)\n            with self.site.store.write() as db:\n"
           "                facts.put(db, session.message.end_hash.hex(), session.message.raw)\n",
           G + "test_exchanges_that_are_cut_off_leave_both_sides_as_they_were"),
    Mutant("a line that still carries is given up", "sync/agent/hub_link.py",
           "still = 0.0 if unsent < before else still + LOOK_SECONDS", "still = still + LOOK_SECONDS",
           L + "test_while_bytes_still_leave_a_line_is_not_silent"),
    Mutant("a form waits for a disk that hangs", "edge/desk/readiness.py",
           "(store.busy_seconds() > STALL_SECONDS or store.trouble is DISK_SLOW, DISK_SLOW)",
           "(store.trouble is DISK_SLOW, DISK_SLOW)",
           L + "test_a_disk_that_hangs_refuses_at_once_and_takes_forms_when_it_answers"),
    Mutant("what has healed is not found out", "edge/desk/site.py",
           "        if self.store.trouble is not None:\n            self.probe()\n", "",
           F + "test_a_starved_process_tells_nothing_untrue_and_takes_forms_again"),
    Mutant("a chore that breaks stops all chores after it", "edge/work/housekeeping.py",
           '.at("03:10").do(alone, forget_jobs, site)', '.at("03:10").do(forget_jobs, site)',
           "tests/sync/test_chores.py::test_a_chore_that_breaks_takes_no_other_its_turn"),
    Mutant("a backup that breaks is the last one", "sync/hub/chores.py",
           "        alone(make_if_wanted, hub)\n", "        make_if_wanted(hub)\n",
           "tests/sync/test_chores.py::test_a_backup_that_breaks_does_not_end_the_plan"),
    Mutant("who hears of a case already is not answered", "sync/hub/open.py",
           "    verdicts.listen(db, track, kept.device)\n    if case is not None:",
           "    if verdicts.listen(db, track, kept.device) and case is not None:",
           N + "test_a_machine_that_lost_its_own_notes_is_answered_each_time_it_asks"),
    Mutant("rows of a page whose list is damaged are dropped", "edge/ground/pages.py",
           "            for match in header.finditer(page) if header else ():", "            for match in ():",
           S + "test_a_page_whose_list_of_rows_is_damaged_costs_none_of_its_rows"),
    Mutant("words of SQLite that are no text stop the start", "edge/ground/damage.py",
           "    except UnicodeDecodeError:\n", "    except AssertionError:\n",
           S + "test_a_page_of_the_tables_names_that_is_no_text_any_more_is_read_out"),
]
