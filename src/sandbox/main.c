/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/vrf-json.h"
#include "sandbox/vrf-lan.h"
#include "sandbox/vrf-sandbox.h"

/* The program `verifa-sandbox` (DESIGN 4): a sandbox in the foreground. */

#define EXIT_REFUSED 2

typedef struct
{
  char *listen;
  int port;
  char *database;
  char *public_url;
  char *sandbox_key;
  char *live_key;
  char *plan;
  double time_scale;
  int seed;
  guint lan_minutes;
  gboolean webhooks_anywhere;
  gboolean version;
} Arguments;

static void
arguments_clear (Arguments *arguments)
{
  g_free (arguments->listen);
  g_free (arguments->database);
  g_free (arguments->public_url);
  g_free (arguments->sandbox_key);
  g_free (arguments->live_key);
  g_free (arguments->plan);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static int
refuse (const char *sentence)
{
  g_printerr ("verifa-sandbox: %s\n", sentence);
  return EXIT_REFUSED;
}

static gboolean
lan_cb (const char *name, const char *value, gpointer data, GError **error)
{
  Arguments *arguments = data;
  guint64 minutes = VRF_LAN_MINUTES;

  if (value != NULL
      && !g_ascii_string_to_unsigned (value, 10, 1, VRF_LAN_MAX_MINUTES, &minutes, NULL))
    {
      g_set_error (error,
                   G_OPTION_ERROR,
                   G_OPTION_ERROR_BAD_VALUE,
                   "The minutes of --lan must be from 1 to %d.",
                   VRF_LAN_MAX_MINUTES);
      return FALSE;
    }
  arguments->lan_minutes = (guint) minutes;
  return TRUE;
}

/* What opens the sandbox to more than this computer. */
static void
add_network_entries (GOptionGroup *group, Arguments *arguments)
{
  const GOptionEntry entries[] = {
    { "lan",
      0,
      G_OPTION_FLAG_OPTIONAL_ARG,
      G_OPTION_ARG_CALLBACK,
      lan_cb,
      "Serve phones on the same network",
      "MINUTES" },
    { "webhooks-anywhere",
      0,
      0,
      G_OPTION_ARG_NONE,
      &arguments->webhooks_anywhere,
      "Send webhooks beyond private networks",
      NULL },
    { NULL },
  };

  g_option_group_add_entries (group, entries);
}

static gboolean
parse (Arguments *arguments, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "listen",
      0,
      0,
      G_OPTION_ARG_STRING,
      &arguments->listen,
      "Loopback address to listen on",
      "ADDR" },
    { "port", 0, 0, G_OPTION_ARG_INT, &arguments->port, "Port, 0 picks a free one", "N" },
    { "database",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &arguments->database,
      "Database file, or :memory:",
      "PATH" },
    { "public-url",
      0,
      0,
      G_OPTION_ARG_STRING,
      &arguments->public_url,
      "Scheme, host and port of the URLs handed out",
      "URL" },
    { "sandbox-key",
      0,
      0,
      G_OPTION_ARG_STRING,
      &arguments->sandbox_key,
      "API key of the sandbox environment",
      "KEY" },
    { "live-key",
      0,
      0,
      G_OPTION_ARG_STRING,
      &arguments->live_key,
      "API key of the live environment",
      "KEY" },
    { "plan",
      0,
      0,
      G_OPTION_ARG_STRING,
      &arguments->plan,
      "free, starter, professional or enterprise",
      "PLAN" },
    { "time-scale",
      0,
      0,
      G_OPTION_ARG_DOUBLE,
      &arguments->time_scale,
      "How many times faster the clock runs",
      "F" },
    { "seed",
      0,
      0,
      G_OPTION_ARG_INT,
      &arguments->seed,
      "Add this many sessions of past days",
      "N" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &arguments->version, "Print the version", NULL },
    { NULL },
  };
  GOptionGroup *group = g_option_group_new ("sandbox", "", "", arguments, NULL);
  g_autoptr (GOptionContext) context = g_option_context_new ("- a local server like Verifa");

  g_option_group_add_entries (group, entries);
  add_network_entries (group, arguments);
  g_option_context_set_main_group (context, group);
  return g_option_context_parse (context, argc, argv, error);
}

static const char *
find_problem (const Arguments *arguments, int argc)
{
  if (argc > 1)
    return "There is an argument it does not know; see --help.";
  if (arguments->port < 0 || arguments->port > 65535)
    return "The port must be from 0 to 65535.";
  if (arguments->seed < 0)
    return "The number of sessions to add must not be negative.";
  if (!(arguments->time_scale > 0.0))
    return "The time scale must be more than 0.";
  return NULL;
}

static char *
dup_database (const Arguments *arguments)
{
  if (arguments->database != NULL)
    return g_strdup (arguments->database);
  return g_build_filename (g_get_user_data_dir (), "verifa-sandbox", "sandbox.db", NULL);
}

static void
print_ready (VrfSandbox *sandbox)
{
  const char *const members[][2] = {
    { "api_url", vrf_sandbox_get_api_url (sandbox) },
    { "capture_url", vrf_sandbox_get_capture_url (sandbox) },
    { "sandbox_key", vrf_sandbox_get_sandbox_key (sandbox) },
    { "live_key", vrf_sandbox_get_live_key (sandbox) },
    { "database", vrf_sandbox_get_database (sandbox) },
  };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *line = NULL;

  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      json_builder_set_member_name (builder, members[i][0]);
      json_builder_add_string_value (builder, members[i][1]);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  line = vrf_json_to_text (root);
  /* Not g_print(): the line is UTF-8 whatever the locale. */
  fputs (line, stdout);
  fputc ('\n', stdout);
  fflush (stdout);
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
wait_for_signal (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint interrupt = g_unix_signal_add (SIGINT, quit_cb, loop);
  guint terminate = g_unix_signal_add (SIGTERM, quit_cb, loop);

  g_main_loop_run (loop);
  g_source_remove (interrupt);
  g_source_remove (terminate);
}

static int
serve (const Arguments *arguments)
{
  g_autofree char *database = dup_database (arguments);
  VrfSandboxOptions options = {
    .listen = arguments->listen,
    .port = (guint16) arguments->port,
    .database_path = database,
    .public_url = arguments->public_url,
    .sandbox_key = arguments->sandbox_key,
    .live_key = arguments->live_key,
    .plan = arguments->plan,
    .time_scale = arguments->time_scale,
    .seed = (guint) arguments->seed,
    .lan_minutes = arguments->lan_minutes,
    .webhooks_anywhere = arguments->webhooks_anywhere,
  };
  g_autoptr (VrfSandbox) sandbox = vrf_sandbox_new (&options);
  g_autoptr (GError) error = NULL;

  if (!vrf_sandbox_start (sandbox, &error))
    return refuse (error->message);
  print_ready (sandbox);
  if (arguments->lan_minutes > 0)
    g_printerr ("verifa-sandbox: Warning: for %u minutes, everybody on this network can open the "
                "capture pages of sandbox sessions.\n",
                arguments->lan_minutes);
  wait_for_signal ();
  g_message ("Stopping");
  vrf_sandbox_stop (sandbox);
  return 0;
}

int
main (int argc, char **argv)
{
  static const struct rlimit no_core = { 0, 0 };
  g_auto (Arguments) arguments = { .time_scale = 1.0 };
  g_autoptr (GError) error = NULL;
  const char *problem = NULL;

  setlocale (LC_ALL, "");
  setrlimit (RLIMIT_CORE, &no_core);
  /* Webhooks go out over HTTP/1.1 only. */
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
  umask (0077);
  /* stdout is for the ready line alone. */
  g_log_writer_default_set_use_stderr (TRUE);

  if (!parse (&arguments, &argc, &argv, &error))
    return refuse (error->message);
  if (arguments.version)
    {
      g_print ("verifa-sandbox %s\n", PACKAGE_VERSION);
      return 0;
    }
  problem = find_problem (&arguments, argc);
  return problem != NULL ? refuse (problem) : serve (&arguments);
}
