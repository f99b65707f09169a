/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Runs a program and times its first window from outside, through the X server, then asks the
 * window to close. Prints one JSON object:
 *
 *   map_ms     exec to the window being mapped
 *   frame_ms   exec to the first picture in it: eight colours or more
 *   rows_ms    exec to the first tinted pixels where a table's rows are, -1 when there are none
 *   whole_ms   exec to the last change of the picture before it stood still for half a second
 *   rss_kib    VmRSS of the process at that moment; peak_kib its VmHWM
 *
 * watch-window PROGRAM [ARGUMENT...]
 */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define GIVE_UP_MS 30000.0
#define STILL_MS 500.0
#define LOOK_EVERY_MS 4
#define ENOUGH_COLOURS 8
#define LEAST_SIZE 100
/* Where the desk's rows are: right of the sidebar, below the column titles. */
#define LIST_X 230
#define LIST_Y 90
#define LEAST_CHROMA 24
#define ENOUGH_COLOURED 20

typedef struct
{
  Display *display;
  pid_t pid;
  Window window;
  int width;
  int height;
  double started;
  double mapped;
  double framed;
  double rows;
  double changed;
  guint32 picture;
} Watch;

typedef struct
{
  int colours;
  int coloured; /* looked-at pixels of the list that are tinted */
  guint32 hash;
} Look;

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1000.0;
}

/* A window may be gone between two calls: that is no reason to end. */
static int
ignore_error_cb (Display *display, XErrorEvent *event)
{
  return 0;
}

/* Chips are tinted; skeleton, text and panes are grey. */
static gboolean
is_coloured (guint32 pixel)
{
  int red = (int) (pixel >> 16 & 0xff), green = (int) (pixel >> 8 & 0xff),
      blue = (int) (pixel & 0xff);

  return MAX (red, MAX (green, blue)) - MIN (red, MIN (green, blue)) > LEAST_CHROMA;
}

/* Counts the colours up to ENOUGH_COLOURS and hashes every third pixel of every third line. */
static Look
look (Watch *watch)
{
  Look seen = { .hash = 5381 };
  guint32 colours[ENOUGH_COLOURS];
  XImage *image = XGetImage (watch->display,
                             watch->window,
                             0,
                             0,
                             (unsigned) watch->width,
                             (unsigned) watch->height,
                             AllPlanes,
                             ZPixmap);

  if (image == NULL)
    return seen;
  for (int y = 0; y < image->height; y += 3)
    for (int x = 0; x < image->width; x += 3)
      {
        guint32 pixel = (guint32) XGetPixel (image, x, y) & 0xffffff;
        int i = 0;

        if (x >= LIST_X && y >= LIST_Y && is_coloured (pixel))
          seen.coloured++;
        seen.hash = seen.hash * 33 + pixel;
        while (i < seen.colours && colours[i] != pixel)
          i++;
        if (i == seen.colours && seen.colours < ENOUGH_COLOURS)
          colours[seen.colours++] = pixel;
      }
  XDestroyImage (image);
  return seen;
}

static void
take_event (Watch *watch, const XEvent *event)
{
  XWindowAttributes attributes;

  if (event->type == ConfigureNotify && event->xconfigure.window == watch->window)
    {
      watch->width = event->xconfigure.width;
      watch->height = event->xconfigure.height;
    }
  if (event->type != MapNotify || event->xmap.override_redirect || watch->window != 0)
    return;
  if (!XGetWindowAttributes (watch->display, event->xmap.window, &attributes)
      || attributes.width < LEAST_SIZE || attributes.height < LEAST_SIZE)
    return;
  watch->window = event->xmap.window;
  watch->width = attributes.width;
  watch->height = attributes.height;
  watch->mapped = now_ms ();
}

/* Returns: whether all is seen */
static gboolean
take_look (Watch *watch)
{
  Look seen = look (watch);
  double now = now_ms ();

  if (watch->framed == 0 && seen.colours >= ENOUGH_COLOURS)
    watch->framed = now;
  if (watch->framed == 0)
    return FALSE;
  if (watch->rows == 0 && seen.coloured >= ENOUGH_COLOURED)
    watch->rows = now;
  if (watch->changed == 0 || seen.hash != watch->picture)
    watch->changed = now;
  watch->picture = seen.hash;
  return now - watch->changed > STILL_MS;
}

static gboolean
wait_for_window (Watch *watch)
{
  struct pollfd fd = { ConnectionNumber (watch->display), POLLIN, 0 };

  while (now_ms () - watch->started < GIVE_UP_MS)
    {
      while (XPending (watch->display) > 0)
        {
          XEvent event;

          XNextEvent (watch->display, &event);
          take_event (watch, &event);
        }
      if (watch->window != 0 && take_look (watch))
        return TRUE;
      if (waitpid (watch->pid, NULL, WNOHANG) == watch->pid)
        return FALSE;
      poll (&fd, 1, LOOK_EVERY_MS);
    }
  /* A picture that never stands still is as whole as it gets. */
  return watch->framed > 0;
}

static gint64
status_kib (pid_t pid, const char *field)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", (int) pid);
  g_autofree char *text = NULL;
  const char *found = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (found = strstr (text, field)) == NULL)
    return -1;
  return g_ascii_strtoll (found + strlen (field), NULL, 10);
}

static void
close_window (Watch *watch)
{
  XEvent event = { 0 };

  event.xclient.type = ClientMessage;
  event.xclient.window = watch->window;
  event.xclient.message_type = XInternAtom (watch->display, "WM_PROTOCOLS", False);
  event.xclient.format = 32;
  event.xclient.data.l[0] = (long) XInternAtom (watch->display, "WM_DELETE_WINDOW", False);
  XSendEvent (watch->display, watch->window, False, 0, &event);
  XSync (watch->display, False);
}

/* Waits for the program's end: of itself for three seconds, by signal after that. */
static void
wait_for_end (Watch *watch)
{
  double asked = now_ms ();

  while (now_ms () - asked < 3000.0)
    {
      if (waitpid (watch->pid, NULL, WNOHANG) == watch->pid)
        return;
      poll (NULL, 0, 20);
    }
  kill (watch->pid, SIGTERM);
  waitpid (watch->pid, NULL, 0);
}

int
main (int argc, char **argv)
{
  Watch watch = { 0 };

  watch.display = XOpenDisplay (NULL);
  if (argc < 2 || watch.display == NULL)
    {
      fprintf (stderr, "usage: watch-window PROGRAM [ARGUMENT...], with DISPLAY set\n");
      return 2;
    }
  XSetErrorHandler (ignore_error_cb);
  XSelectInput (watch.display, DefaultRootWindow (watch.display), SubstructureNotifyMask);
  XSync (watch.display, False);

  watch.started = now_ms ();
  watch.pid = fork ();
  if (watch.pid == 0)
    {
      execvp (argv[1], argv + 1);
      _exit (127);
    }
  if (watch.pid < 0 || !wait_for_window (&watch))
    {
      fprintf (stderr, "watch-window: %s ended without a window\n", argv[1]);
      return 1;
    }
  printf ("{\"map_ms\": %.1f, \"frame_ms\": %.1f, \"rows_ms\": %.1f, \"whole_ms\": %.1f, "
          "\"rss_kib\": %" G_GINT64_FORMAT ", \"peak_kib\": %" G_GINT64_FORMAT "}\n",
          watch.mapped - watch.started,
          watch.framed - watch.started,
          watch.rows > 0 ? watch.rows - watch.started : -1.0,
          watch.changed - watch.started,
          status_kib (watch.pid, "VmRSS:"),
          status_kib (watch.pid, "VmHWM:"));
  close_window (&watch);
  wait_for_end (&watch);
  return 0;
}
