/* command_list.h -- the office program's commands: COMMAND(name) needs office/cmd_NAME.c with office_NAME and the
 * words office.NAME_usage and office.NAME_help. */
COMMAND(init)
COMMAND(add)
COMMAND(pack)
COMMAND(merge)
COMMAND(verify)
COMMAND(hash)
COMMAND(report)
COMMAND(csv)
COMMAND(show)
COMMAND(simulate)
