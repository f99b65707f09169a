/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Presses Return as a keyboard would, and waits until a QR code is on the screen. Prints the
 * milliseconds between. A QR code is the only thing the desk draws in pure black.
 *
 * press-to-qr            with DISPLAY set
 */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <glib.h>
#include <poll.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/shm.h>

#define GIVE_UP_MS 10000.0
/* A code of 29 modules of 6 pixels, half of them dark, has 15,000 black pixels: one in four is
 * seen. */
#define ENOUGH_BLACK 2500

typedef struct
{
  Display *display;
  XImage *image;
  XShmSegmentInfo segment;
} Picture;

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1000.0;
}

static gboolean
open_screen (Picture *self)
{
  int number;

  self->display = XOpenDisplay (NULL);
  if (self->display == NULL)
    return FALSE;
  number = DefaultScreen (self->display);
  self->image = XShmCreateImage (self->display,
                                 DefaultVisual (self->display, number),
                                 (unsigned) DefaultDepth (self->display, number),
                                 ZPixmap,
                                 NULL,
                                 &self->segment,
                                 (unsigned) DisplayWidth (self->display, number),
                                 (unsigned) DisplayHeight (self->display, number));
  self->segment.shmid = shmget (IPC_PRIVATE,
                                (gsize) self->image->bytes_per_line * (gsize) self->image->height,
                                IPC_CREAT | 0600);
  self->segment.shmaddr = self->image->data = shmat (self->segment.shmid, NULL, 0);
  /* An X server without a desktop is black around the windows. */
  XSetWindowBackground (
      self->display, DefaultRootWindow (self->display), WhitePixel (self->display, number));
  XClearWindow (self->display, DefaultRootWindow (self->display));
  XShmAttach (self->display, &self->segment);
  XSync (self->display, False);
  shmctl (self->segment.shmid, IPC_RMID, NULL);
  return self->segment.shmaddr != (char *) -1;
}

static int
count_black (Picture *self)
{
  int black = 0;

  XShmGetImage (self->display, DefaultRootWindow (self->display), self->image, 0, 0, AllPlanes);
  for (int y = 0; y < self->image->height; y += 2)
    {
      const char *line = self->image->data + (gsize) y * (gsize) self->image->bytes_per_line;

      for (int x = 0; x < self->image->width; x += 2)
        black += (((const guint32 *) (const void *) line)[x] & 0xffffff) == 0;
    }
  return black;
}

int
main (void)
{
  Picture screen = { 0 };
  unsigned key;
  int before;
  double pressed;

  if (!open_screen (&screen))
    {
      fprintf (stderr, "press-to-qr: no display, or one without shared memory\n");
      return 2;
    }
  before = count_black (&screen);
  key = XKeysymToKeycode (screen.display, XK_Return);
  pressed = now_ms ();
  XTestFakeKeyEvent (screen.display, key, True, CurrentTime);
  XTestFakeKeyEvent (screen.display, key, False, CurrentTime);
  XFlush (screen.display);
  while (now_ms () - pressed < GIVE_UP_MS)
    {
      if (count_black (&screen) - before > ENOUGH_BLACK)
        {
          printf ("%.1f\n", now_ms () - pressed);
          return 0;
        }
      poll (NULL, 0, 1);
    }
  fprintf (stderr, "press-to-qr: no QR code within %.0f s\n", GIVE_UP_MS / 1000.0);
  return 1;
}
